import { type AbstractControl, FormArray, FormControl, FormGroup } from '@angular/forms';
import type { ProviderField } from '@voxreach/contracts';

export type FieldValue = string | number | boolean;

/** A form as deep as the paths of its fields; the descriptor types the paths, the DTO class checks the values. */
export type ProviderForm = FormGroup<Record<string, AbstractControl>>;

const IS_INDEX = /^\d+$/;

/** The controls of a provider's fields: `gateways.0.ip` becomes a group in a list in a group. */
export function buildProviderForm(fields: readonly ProviderField[]): ProviderForm {
  const form: ProviderForm = new FormGroup({});
  for (const { path, kind, initial } of fields) {
    const keys = path.split('.');
    const control = new FormControl<FieldValue>(initial ?? (kind === 'toggle' ? false : ''), {
      nonNullable: true,
    });
    place(form, keys, control);
  }
  return form;
}

function place(parent: AbstractControl, [key = '', ...rest]: string[], field: FormControl): void {
  const next = rest[0];
  const child =
    next === undefined
      ? field
      : (parent.get(key) ?? (IS_INDEX.test(next) ? new FormArray<AbstractControl>([]) : new FormGroup({})));
  if (parent instanceof FormArray) parent.setControl(Number(key), child);
  if (parent instanceof FormGroup) parent.setControl(key, child);
  if (next !== undefined) place(child, rest, field);
}

/** The same fields one level down, as they stand in the body of a request. */
export const under = (prefix: string, fields: readonly ProviderField[]): ProviderField[] =>
  fields.map((field) => ({ ...field, path: `${prefix}.${field.path}` }));
