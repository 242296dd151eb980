import { ChangeDetectorRef, Component, computed, effect, inject, input, signal } from '@angular/core';
import { type FormControl, ReactiveFormsModule } from '@angular/forms';
import type { FieldKind, ProviderField } from '@voxreach/contracts';
import type { Sentence } from '../../../core/i18n/sentences';
import { SaidPipe, TranslatePipe } from '../../../core/i18n/translate.pipes';
import { IconComponent } from '../../ui/icon.component';
import { messageOf } from '../dto-validator';
import { FieldInputDirective } from './field-input.directive';
import { hostNotice } from './host-notice';

/** Which keyboard a phone shows. */
const INPUT_MODES: Partial<Record<FieldKind, string>> = { phone: 'tel', port: 'numeric', host: 'url' };

/** One labelled input with its help, its error and, for a secret, a way to look at it while it is typed. */
@Component({
  selector: 'app-provider-field',
  imports: [FieldInputDirective, IconComponent, ReactiveFormsModule, SaidPipe, TranslatePipe],
  templateUrl: './provider-field.component.html',
  styleUrl: './provider-field.component.scss',
})
export class ProviderFieldComponent {
  readonly field = input.required<ProviderField>();
  readonly control = input.required<FormControl>();
  /** The secret was sent and forgotten: say that it has to be typed again. */
  readonly forgotten = input(false);

  protected readonly id = computed(() => `field-${this.field().path.replaceAll('.', '-')}`);
  protected readonly inputMode = computed(() => INPUT_MODES[this.field().kind] ?? 'text');
  protected readonly placeholder = computed(
    () => this.field().placeholder ?? (this.field().kind === 'phone' ? '+1 415 555 0100' : ''),
  );
  /** Text may be in any script; all else is read from left to right. */
  protected readonly direction = computed(() => (this.field().kind === 'text' ? 'auto' : 'ltr'));
  protected readonly revealed = signal(false);
  protected readonly type = computed(() =>
    this.field().kind === 'secret' && !this.revealed() ? 'password' : 'text',
  );

  constructor() {
    const view = inject(ChangeDetectorRef);
    // Errors also come from outside: from a sibling's value, from submitting, from the server.
    effect((cleanUp) => {
      const changes = this.control().events.subscribe(() => view.markForCheck());
      cleanUp(() => changes.unsubscribe());
    });
  }

  protected get error(): string | null {
    const control = this.control();
    return control.invalid && control.touched ? messageOf(control) : null;
  }

  protected get notice(): Sentence | null {
    const { kind } = this.field();
    const value = String(this.control().value);
    if (kind === 'secret' && this.forgotten() && value === '') return 'Enter it again: secrets are not kept.';
    return kind === 'host' ? hostNotice(value) : null;
  }

  /** What is typed counts as refused only when the field is left again. */
  protected typing(): void {
    this.control().markAsUntouched();
  }

  /** A secret shows while its field is in use, and no longer. */
  protected leave({ currentTarget, relatedTarget }: FocusEvent): void {
    const stays =
      currentTarget instanceof HTMLElement && currentTarget.contains(relatedTarget as Node | null);
    if (!stays) this.revealed.set(false);
  }
}
