import { type AbstractControl, FormControl, type ValidatorFn } from '@angular/forms';
import type { ProblemResponse } from '@voxreach/contracts';
import { fieldsOf } from './field-messages';

const refusals = new WeakMap<AbstractControl, ValidatorFn>();

/**
 * Puts what the server refused at the fields it names, as `{ server: message }`; a change of the value takes it away.
 * False when something found no field, or no field was named: then the problem's own words have to be shown.
 */
export function applyProblem(
  form: AbstractControl,
  { errors = [] }: Pick<ProblemResponse, 'errors'>,
): boolean {
  const placed = errors.map(({ path, message }) => {
    const control = form.get(path);
    if (!(control instanceof FormControl) || control.disabled) return false;
    refuse(control, message);
    return true;
  });
  return placed.length > 0 && placed.every(Boolean);
}

/** What was refused may be right by now, for example after a number was bought: only the server can tell. */
export function forgetRefusals(form: AbstractControl): void {
  for (const [, control] of fieldsOf(form)) {
    const refusal = refusals.get(control);
    if (refusal === undefined) continue;
    control.removeValidators(refusal);
    refusals.delete(control);
    control.updateValueAndValidity();
  }
}

/** As a validator, since an input that is drawn anew has its control validated again. */
function refuse(control: FormControl, message: string): void {
  forgetRefusals(control);
  const refused: unknown = control.value;
  let stands = true;
  const refusal: ValidatorFn = ({ value }) => {
    stands &&= value === refused;
    return stands ? { server: message } : null;
  };
  refusals.set(control, refusal);
  control.addValidators(refusal);
  control.updateValueAndValidity();
  control.markAsTouched();
}
