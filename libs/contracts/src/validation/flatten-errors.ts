import type { ValidationError } from 'class-validator';
import type { FieldError } from '../errors/problem.response';

/**
 * class-validator's tree of errors as a flat list with dotted paths. One message a field: the first
 * that failed, since the later ones mostly follow from it.
 */
export function flattenErrors(errors: readonly ValidationError[], parent = ''): FieldError[] {
  return errors.flatMap((error) => {
    const path = parent === '' ? error.property : `${parent}.${error.property}`;
    const own = firstMessage(error);
    return [
      ...(own === undefined ? [] : [{ path, message: own }]),
      ...flattenErrors(error.children ?? [], path),
    ];
  });
}

function firstMessage({ constraints }: ValidationError): string | undefined {
  if (constraints === undefined) return undefined;
  if ('whitelistValidation' in constraints) return 'This field is not known here. Remove it.';
  // The library's sentence on what cannot be looked into; mostly a rule of our own says more.
  const { nestedValidation, ...own } = constraints;
  // Decorators are applied bottom up, so the one written last is listed first.
  return Object.values(own).at(-1) ?? (nestedValidation && 'Give an object here.');
}
