import { NgTemplateOutlet } from '@angular/common';
import { ChangeDetectorRef, Component, computed, effect, inject, input, signal } from '@angular/core';
import { type AbstractControl, type FormControl, ReactiveFormsModule } from '@angular/forms';
import type { FieldKind, InputField } from '@voxreach/contracts';
import { merge } from 'rxjs';
import { said, t } from '../../../core/i18n/translate';
import { SaidPipe, TranslatePipe } from '../../../core/i18n/translate.pipes';
import { IconComponent } from '../../ui/icon.component';
import { messageOf } from '../field-messages';
import { pruneEmpty } from '../prune-empty';
import { FieldInputDirective } from './field-input.directive';
import { remarkOn } from './remark';

/** Which keyboard a phone shows. */
const INPUT_MODES: Partial<Record<FieldKind, string>> = {
  phone: 'tel',
  port: 'numeric',
  number: 'numeric',
  host: 'url',
};

/** One labelled input with its help, its error and, for a secret, a way to look at it while it is typed. */
@Component({
  selector: 'app-provider-field',
  imports: [
    FieldInputDirective,
    IconComponent,
    NgTemplateOutlet,
    ReactiveFormsModule,
    SaidPipe,
    TranslatePipe,
  ],
  templateUrl: './provider-field.component.html',
  styleUrl: './provider-field.component.scss',
})
export class ProviderFieldComponent {
  readonly field = input.required<InputField>();
  readonly control = input.required<FormControl>();
  /** What stands beside it: all that its descriptor may look at. */
  readonly level = input.required<AbstractControl<object>>();
  /** The secret was sent and forgotten: say that it has to be typed again. */
  readonly forgotten = input(false);

  protected readonly id = computed(() => `field-${this.field().path.replaceAll('.', '-')}`);
  protected readonly describedBy = computed(() =>
    ['optional', 'help', 'error', 'notice'].map((part) => `${this.id()}-${part}`).join(' '),
  );
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
    // Errors and remarks also come from outside: from a sibling's value, from submitting, from the server.
    effect((cleanUp) => {
      const changes = merge(this.control().events, this.level().events).subscribe(() => view.markForCheck());
      cleanUp(() => changes.unsubscribe());
    });
  }

  protected get error(): string | null {
    const control = this.control();
    return control.invalid && control.touched ? messageOf(control) : null;
  }

  /** What is worth saying of what is accepted, in the language that is spoken now. */
  protected get notice(): string | null {
    const field = this.field();
    const value = String(this.control().value);
    if (field.kind === 'secret' && this.forgotten() && value === '')
      return t('Enter it again: secrets are not kept.');
    const remark = remarkOn(field, value, this.beside);
    return remark === null ? null : said(remark);
  }

  protected get isOn(): boolean {
    const value: unknown = this.control().value;
    return value === '' ? (this.field().untouched?.(this.beside) ?? false) : value === true;
  }

  private get beside(): object {
    return pruneEmpty(this.level().value);
  }

  protected toggle({ target }: Event): void {
    const control = this.control();
    control.setValue(target instanceof HTMLInputElement && target.checked);
    control.markAsDirty();
    control.markAsTouched();
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
