import { Component, computed, input } from '@angular/core';
import { toObservable, toSignal } from '@angular/core/rxjs-interop';
import type { FormControl } from '@angular/forms';
import { startWith, switchMap } from 'rxjs';
import type { Sentence } from '../../core/i18n/sentences';
import { TranslatePipe } from '../../core/i18n/translate.pipes';
import { type Strength, STRENGTHS, strengthOf } from './password-strength';

const WORDS: Record<Strength, Sentence> = {
  short: 'Too short.',
  weak: 'Weak: easily guessed. Make it longer and less regular.',
  fair: 'Fair. One more unusual word makes it strong.',
  strong: 'Strong.',
};

/** Tells while a password is chosen how good it is, in words that are also read out when they change. */
@Component({
  selector: 'app-password-strength',
  imports: [TranslatePipe],
  templateUrl: './password-strength.component.html',
  styleUrl: './password-strength.component.scss',
})
export class PasswordStrengthComponent {
  readonly control = input.required<FormControl<string>>();

  protected readonly password = toSignal(
    toObservable(this.control).pipe(
      switchMap((control) => control.valueChanges.pipe(startWith(control.value))),
    ),
    { initialValue: '' },
  );
  protected readonly best = STRENGTHS.length;
  protected readonly strength = computed(() => strengthOf(this.password()));
  protected readonly level = computed(() => STRENGTHS.indexOf(this.strength()) + 1);
  protected readonly words = computed(() => WORDS[this.strength()]);
}
