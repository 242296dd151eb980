import { Component, computed, input } from '@angular/core';
import { type AbstractControl, FormControl } from '@angular/forms';
import type { ProviderField } from '@voxreach/contracts';
import { ProviderFieldComponent } from './provider-field.component';

const NONE: ReadonlySet<string> = new Set();

/** The inputs that a provider's descriptor asks for, in its order, in one column. */
@Component({
  selector: 'app-provider-fields',
  imports: [ProviderFieldComponent],
  template: `
    @for (item of items(); track item.field.path) {
      <app-provider-field
        [field]="item.field"
        [control]="item.control"
        [forgotten]="forgotten().has(item.field.path)"
      />
    }
  `,
  styles: `
    :host {
      display: grid;
      gap: var(--space-5);
    }
  `,
})
export class ProviderFieldsComponent {
  readonly fields = input.required<readonly ProviderField[]>();
  readonly form = input.required<AbstractControl>();
  /** Where the fields stand in the form, for example `credential`. */
  readonly prefix = input('');
  /** Full paths of secrets that were sent and are no longer here. */
  readonly forgotten = input(NONE);

  protected readonly items = computed(() =>
    this.fields().map((field) => {
      const path = this.prefix() === '' ? field.path : `${this.prefix()}.${field.path}`;
      const control = this.form().get(path);
      if (!(control instanceof FormControl)) throw new Error(`The form has no field at ${path}`);
      return { field: { ...field, path }, control };
    }),
  );
}
