import type { ValidatorFn } from '@angular/forms';

/** For a field that has to be there although the DTO, or the lack of one, does not say so. */
export const required =
  (message: string): ValidatorFn =>
  ({ value }) =>
    typeof value === 'string' && value.trim() !== '' ? null : { required: message };
