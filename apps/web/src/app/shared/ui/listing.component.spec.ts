import { Component } from '@angular/core';
import { rxResource } from '@angular/core/rxjs-interop';
import { TestBed } from '@angular/core/testing';
import { provideTranslations } from '../../core/i18n/provide-translations';
import { Subject } from 'rxjs';
import { aProblem } from '../../../testing/builders';
import { press } from '../../../testing/fields';
import { settle } from '../../../testing/settle';
import { HttpErrorResponse } from '@angular/common/http';
import { type Column, ListingComponent } from './listing.component';

let answers = new Subject<string[]>();

@Component({
  imports: [ListingComponent],
  template: `
    <app-listing label="Agents" [columns]="columns" [reading]="reading" failed="They could not be read">
      <p listingEmpty>Create the first one</p>
      @for (name of reading.hasValue() ? reading.value() : []; track name) {
        <tr class="row">
          <td>{{ name }}</td>
        </tr>
      }
    </app-listing>
  `,
})
class Page {
  protected readonly columns: readonly Column[] = [{ label: 'Name' }, { label: 'Numbers', kind: 'count' }];
  protected readonly reading = rxResource({ stream: () => answers });
}

async function open() {
  answers = new Subject<string[]>();
  TestBed.configureTestingModule({ providers: [provideTranslations()] });
  const fixture = TestBed.createComponent(Page);
  document.body.append(fixture.nativeElement as HTMLElement);
  await settle();
  return fixture.nativeElement as HTMLElement;
}

const heads = (element: Element) =>
  [...element.querySelectorAll('th')].map(({ textContent }) => textContent.trim());

describe('A short list', () => {
  it('has its final shape while it is read', async () => {
    const element = await open();

    expect(heads(element)).toEqual(['Name', 'Numbers', 'Actions']);
    expect(element.querySelector('table')?.getAttribute('aria-busy')).toBe('true');
    expect(element.querySelectorAll('tbody tr[aria-hidden] .skeleton').length).toBeGreaterThan(0);
    expect(element.querySelector('td.count')).not.toBeNull();
  });

  it('shows its rows in place of the skeleton', async () => {
    const element = await open();
    answers.next(['Front desk', 'Sales']);
    await settle();

    expect([...element.querySelectorAll('tbody tr')].map(({ textContent }) => textContent.trim())).toEqual([
      'Front desk',
      'Sales',
    ]);
    expect(element.querySelector('table')?.getAttribute('aria-busy')).toBe('false');
    expect(element.textContent).not.toContain('Create the first one');
  });

  it('teaches while it is empty', async () => {
    const element = await open();
    answers.next([]);
    await settle();

    expect(element.querySelector('table')).toBeNull();
    expect(element.textContent).toContain('Create the first one');
  });

  it('says why it cannot be read, and reads again', async () => {
    const element = await open();
    const { body, options } = aProblem(503, 'UPSTREAM_UNAVAILABLE', 'Not available.');
    const failed = answers;
    answers = new Subject<string[]>();
    failed.error(new HttpErrorResponse({ error: body, ...options }));
    await settle();
    const alert = element.querySelector('[role=alert]');
    expect(alert?.textContent).toContain('They could not be read');
    expect(alert?.textContent).toContain('Not available.');

    press('Try again');
    await settle();
    answers.next(['Front desk']);
    await settle();
    expect(element.textContent).toContain('Front desk');
  });
});
