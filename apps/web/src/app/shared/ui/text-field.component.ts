import { ChangeDetectorRef, Component, computed, effect, inject, input, signal } from '@angular/core';
import { type FormControl, ReactiveFormsModule } from '@angular/forms';
import { inSentence } from '../../core/i18n/translate';
import { SaidPipe, TranslatePipe } from '../../core/i18n/translate.pipes';
import { messageOf } from '../forms/field-messages';

let count = 0;

/** One labelled text input. Its error shows once the field was left, and goes away while typing. What else is said of it stands inside. */
@Component({
  selector: 'app-text-field',
  imports: [ReactiveFormsModule, SaidPipe, TranslatePipe],
  host: { class: 'field' },
  templateUrl: './text-field.component.html',
  styleUrl: './text-field.component.scss',
})
export class TextFieldComponent {
  readonly label = input.required<string>();
  readonly control = input.required<FormControl<string>>();
  readonly type = input<'text' | 'email' | 'password' | 'tel'>('text');
  readonly autocomplete = input('off');
  /** Which keyboard a phone shows. */
  readonly keyboard = input<'numeric' | null>(null);
  readonly help = input('');
  readonly placeholder = input('');
  readonly optional = input(false);
  /** More than 0 makes it a text of several lines. */
  readonly rows = input(0);

  protected readonly id = `text-field-${++count}`;
  protected readonly isRevealed = signal(false);
  protected readonly inputType = computed(() => (this.isRevealed() ? 'text' : this.type()));
  /** Addresses and numbers are written from left to right in every language. */
  protected readonly direction = computed(() => (['email', 'tel'].includes(this.type()) ? 'ltr' : null));
  protected readonly inSentence = inSentence;
  protected readonly messageOf = messageOf;

  constructor() {
    const view = inject(ChangeDetectorRef);
    // Errors also come from outside: from submitting, from the server, from a sibling's value.
    effect((cleanUp) => {
      const changes = this.control().events.subscribe(() => view.markForCheck());
      cleanUp(() => changes.unsubscribe());
    });
  }

  protected get isRefused(): boolean {
    return this.control().touched && this.control().invalid;
  }

  protected get describedBy(): string | null {
    const ids = [
      this.optional() && `${this.id}-optional`,
      this.help() && `${this.id}-help`,
      this.isRefused && `${this.id}-error`,
    ].filter(Boolean);
    return ids.length === 0 ? null : ids.join(' ');
  }

  protected typing(): void {
    this.control().markAsUntouched();
  }

  /** A password shows while its field is in use, and no longer. */
  protected leave({ currentTarget, relatedTarget }: FocusEvent): void {
    const stays =
      currentTarget instanceof HTMLElement && currentTarget.contains(relatedTarget as Node | null);
    if (!stays) this.isRevealed.set(false);
  }
}
