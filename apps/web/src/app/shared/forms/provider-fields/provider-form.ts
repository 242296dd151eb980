import { type AbstractControl, FormArray, FormControl, FormGroup } from '@angular/forms';
import type { GroupField, InputField, ListField, ProviderField } from '@voxreach/contracts';
import { SwitchedGroup } from '../switched-group';

export type FieldValue = string | number | boolean;

/** A form as deep as the paths of its fields; the descriptor types the paths, the DTO class checks the values. */
export type ProviderForm = FormGroup<Record<string, AbstractControl>>;

/** An input with the control that holds what is entered. */
export interface PlacedInput extends InputField {
  control: FormControl;
}

/** The controls of a provider's fields: lists have one item, and groups are switched off. */
export function buildProviderForm(fields: readonly ProviderField[]): ProviderForm {
  const form: ProviderForm = new FormGroup({});
  for (const field of fields) {
    if (field.kind === 'list') place(form, field.path, new FormArray([newItem(field)]));
    else if (field.kind !== 'group') place(form, field.path, controlOf(field));
  }
  return form;
}

export const newItem = ({ fields }: ListField): ProviderForm => buildProviderForm(fields);

export function switchOn(form: ProviderForm, { path, fields }: GroupField): void {
  place(form, path, new SwitchedGroup({}));
  for (const field of fields) place(form, field.path, controlOf(field));
}

export function switchOff(form: ProviderForm, { path }: GroupField): void {
  const keys = path.split('.');
  const parent = keys.length === 1 ? form : form.get(keys.slice(0, -1));
  if (parent instanceof FormGroup) parent.removeControl(keys.at(-1) ?? '');
}

const controlOf = ({ initial = '' }: InputField) =>
  new FormControl<FieldValue>(initial, { nonNullable: true });

/** Groups on the way are made: `plan.username` becomes a control in a group in the form. */
function place(form: ProviderForm, path: string, control: AbstractControl): void {
  const [key = '', ...rest] = path.split('.');
  if (rest.length === 0) return form.setControl(key, control);
  const group = form.get(key);
  const inner: ProviderForm = group instanceof FormGroup ? group : new FormGroup({});
  place(inner, rest.join('.'), control);
  if (inner !== group) form.setControl(key, inner);
}

/** The inputs that the form has now: those of every item of a list, and of groups that are switched on. */
export const inputsIn = (form: ProviderForm, fields: readonly ProviderField[]): PlacedInput[] =>
  fields.flatMap((field) => {
    if (field.kind === 'group') return inputsIn(form, field.fields);
    const control = form.get(field.path);
    if (field.kind === 'list') {
      const items = control instanceof FormArray ? control.controls : [];
      return items.flatMap((_, index) => inputsIn(form, under(`${field.path}.${index}`, field.fields)));
    }
    return control instanceof FormControl ? [{ ...field, control }] : [];
  });

/** The same fields one level down, as they stand in the body of a request. */
export const under = <Field extends ProviderField>(prefix: string, fields: readonly Field[]): Field[] =>
  fields.map((field) => ({
    ...field,
    path: pathUnder(prefix, field.path),
    // Paths inside of a list begin at its items.
    ...(field.kind === 'group' && { fields: under(prefix, field.fields) }),
  }));

export const pathUnder = (prefix: string, path: string): string =>
  prefix === '' ? path : `${prefix}.${path}`;
