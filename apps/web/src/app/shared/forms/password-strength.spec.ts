import { Component } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { FormControl } from '@angular/forms';
import { provideTranslations } from '../../core/i18n/provide-translations';
import { strengthOf } from './password-strength';
import { PasswordStrengthComponent } from './password-strength.component';

describe('A password', () => {
  it.each([
    ['', 'short'],
    ['eleven long', 'short'],
    ['aaaaaaaaaaaaaaaaaaaa', 'weak'],
    ['abcdefghijklmnopqrstuvwxyz', 'weak'],
    ['1234567890123456', 'weak'],
    ['passwordpassword', 'weak'],
    ['PassWordpasswORD', 'weak'],
    ['abcabcabcabcabc', 'weak'],
    ['Tr0ub4dor&3xy', 'fair'],
    ['long enough now', 'fair'],
    ['three unusual words', 'strong'],
    ['correct horse battery staple', 'strong'],
    ['kurz-über-Öltanks-9', 'strong'],
  ])('such as “%s” is %s', (password, strength) => {
    expect(strengthOf(password)).toBe(strength);
  });
});

@Component({
  imports: [PasswordStrengthComponent],
  template: '<app-password-strength [control]="control" />',
})
class FormWithMeter {
  readonly control = new FormControl('', { nonNullable: true });
}

describe('The meter', () => {
  it('says nothing of an empty field, and then in words and by number what was typed', async () => {
    TestBed.configureTestingModule({ providers: [provideTranslations()] });
    const fixture = TestBed.createComponent(FormWithMeter);
    const element = fixture.nativeElement as HTMLElement;
    const meter = () => element.querySelector('[role=meter]');
    const live = () => element.querySelector('[aria-live=polite]')?.textContent;
    await fixture.whenStable();
    expect([meter(), live()]).toEqual([null, '']);

    fixture.componentInstance.control.setValue('passwordpassword');
    await fixture.whenStable();
    expect(live()).toBe('Weak: easily guessed. Make it longer and less regular.');
    expect(meter()?.getAttribute('aria-valuenow')).toBe('2');
    expect(meter()?.getAttribute('aria-label')).toBe('Strength of the password');

    fixture.componentInstance.control.setValue('three unusual words');
    await fixture.whenStable();
    expect(live()).toBe('Strong.');
    expect(meter()?.getAttribute('aria-valuenow')).toBe(meter()?.getAttribute('aria-valuemax'));

    fixture.componentInstance.control.reset();
    await fixture.whenStable();
    expect([meter(), live()]).toEqual([null, '']);
  });
});
