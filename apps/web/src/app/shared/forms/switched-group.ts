import { type AbstractControl, FormArray, FormGroup } from '@angular/forms';

/** A group that says something by being there: it is part of the request even when all of it is left empty. */
export class SwitchedGroup extends FormGroup<Record<string, AbstractControl>> {}

/** Where the form has such groups now, as dotted paths. */
export function switchedPaths(control: AbstractControl, path = ''): string[] {
  const children = control instanceof FormGroup || control instanceof FormArray ? control.controls : {};
  return [
    ...(control instanceof SwitchedGroup ? [path] : []),
    ...Object.entries(children as Record<string, AbstractControl>).flatMap(([key, child]) =>
      switchedPaths(child, path === '' ? key : `${path}.${key}`),
    ),
  ];
}
