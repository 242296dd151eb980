import type { AbstractControl, ValidatorFn } from '@angular/forms';
import { type ClassOf, type FieldError, flattenErrors } from '@voxreach/contracts';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { fieldsOf } from './field-messages';
import { pruneEmpty } from './prune-empty';
import { switchedPaths } from './switched-group';

/**
 * What the server would say of this value: the same class, the same options. Texts of no length count as absent.
 * A group that is left empty is reported field by field, as a form shows it, not as one missing object. `switched` groups are there all
 * the same.
 */
export function validateDto(
  cls: ClassOf<object>,
  value: object,
  switched: readonly string[] = [],
): FieldError[] {
  const keep = new Set(switched);
  for (;;) {
    const errors = check(cls, pruneEmpty(value, keep));
    const missing = errors.filter(({ path }) => !keep.has(path) && isGroup(valueAt(value, path)));
    if (missing.length === 0) return errors;
    for (const { path } of missing) keep.add(path);
  }
}

function check(cls: ClassOf<object>, value: object): FieldError[] {
  const errors = validateSync(plainToInstance(cls, value), { whitelist: true, forbidNonWhitelisted: true });
  return flattenErrors(errors);
}

const isGroup = (value: unknown): value is object => typeof value === 'object' && value !== null;

const valueAt = (value: object, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>((at, key) => (isGroup(at) ? (at as Record<string, unknown>)[key] : undefined), value);

/**
 * Holds a whole form to the DTO class that the server holds the request to, and leaves each message on the control
 * it concerns as `{ dto: message }`. What has no control of its own becomes the form's error.
 */
export const dtoValidator =
  (cls: ClassOf<object>): ValidatorFn =>
  (form) => {
    const messages = new Map(
      validateDto(cls, form.value as object, switchedPaths(form)).map((e) => [e.path, e.message]),
    );
    for (const [path, control] of fieldsOf(form)) {
      setMessage(control, messages.get(path));
      messages.delete(path);
    }
    const [unplaced] = messages.values();
    return unplaced === undefined ? null : { dto: unplaced };
  };

/** Sets nothing that already stands, since this runs on every change. */
function setMessage(control: AbstractControl, message: string | undefined): void {
  if (control.errors?.['dto'] === message) return;
  const { dto: _replaced, ...others } = control.errors ?? {};
  const errors = message === undefined ? others : { ...others, dto: message };
  control.setErrors(Object.keys(errors).length === 0 ? null : errors);
}
