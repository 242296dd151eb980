import { type AbstractControl, FormArray, FormControl, FormGroup } from '@angular/forms';

/** What to say under the field. */
export function messageOf({ errors }: AbstractControl): string {
  return String(errors?.['server'] ?? errors?.['dto'] ?? errors?.['required'] ?? '');
}

export const messageAt = (form: AbstractControl, path: string): string => {
  const control = form.get(path);
  return control?.touched ? messageOf(control) : '';
};

/** The enabled fields with their dotted paths, in the form's order. */
export function fieldsOf(control: AbstractControl, path = ''): [path: string, control: FormControl][] {
  if (control instanceof FormControl) return control.enabled ? [[path, control]] : [];
  const children = control instanceof FormGroup || control instanceof FormArray ? control.controls : {};
  return Object.entries(children as Record<string, AbstractControl>).flatMap(([key, child]) =>
    fieldsOf(child, path === '' ? key : `${path}.${key}`),
  );
}
