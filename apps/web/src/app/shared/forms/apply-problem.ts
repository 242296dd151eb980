import { type AbstractControl, FormControl } from '@angular/forms';
import type { ProblemResponse } from '@voxreach/contracts';
import { setError } from './dto-validator';

/**
 * Puts what the server refused at the fields it names, as `{ server: message }`; a change of the value takes it away.
 * False when something found no field, or no field was named: then the problem's own words have to be shown.
 */
export function applyProblem(form: AbstractControl, { errors = [] }: Pick<ProblemResponse, 'errors'>): boolean {
  const placed = errors.map(({ path, message }) => {
    const control = form.get(path);
    if (!(control instanceof FormControl) || control.disabled) return false;
    setError(control, 'server', message);
    control.markAsTouched();
    return true;
  });
  return placed.length > 0 && placed.every(Boolean);
}
