import { Component, computed, input } from '@angular/core';
import { type AbstractControl, FormControl } from '@angular/forms';
import type { ProviderField } from '@voxreach/contracts';
import { TranslatePipe } from '../../../core/i18n/translate.pipes';
import { choicesOf } from './field-choices';
import { ProviderFieldComponent } from './provider-field.component';

const NONE: ReadonlySet<string> = new Set();

/** The inputs that a provider's descriptor asks for, in its order, in one column. Of several ways, one is enough. */
@Component({
  selector: 'app-provider-fields',
  imports: [ProviderFieldComponent, TranslatePipe],
  templateUrl: './provider-fields.component.html',
  styleUrl: './provider-fields.component.scss',
})
export class ProviderFieldsComponent {
  readonly fields = input.required<readonly ProviderField[]>();
  readonly form = input.required<AbstractControl>();
  /** Where the fields stand in the form, for example `credential`. */
  readonly prefix = input('');
  /** Full paths of secrets that were sent and are no longer here. */
  readonly forgotten = input(NONE);

  protected readonly choices = computed(() =>
    choicesOf(
      this.fields().map((field) => ({ ...field, path: this.pathOf(field), control: this.controlOf(field) })),
    ),
  );

  private pathOf({ path }: ProviderField): string {
    return this.prefix() === '' ? path : `${this.prefix()}.${path}`;
  }

  private controlOf(field: ProviderField): FormControl {
    const path = this.pathOf(field);
    const control = this.form().get(path);
    if (!(control instanceof FormControl)) throw new Error(`The form has no field at ${path}`);
    return control;
  }
}
