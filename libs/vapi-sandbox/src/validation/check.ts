/**
 * Says what is wrong with a value, in the words of class-validator, which are Vapi's; nothing when it is fine.
 * The first thing wrong with a field is the only one told.
 */
export type Check = (value: unknown, path: string) => string[];

/** The fields an object may have. */
export type Shape = Readonly<Record<string, Check>>;

export function text({ min = 0, max = Infinity } = {}): Check {
  return (value, path) => {
    if (typeof value !== 'string') return [`${path} must be a string`];
    if (value.length > max) return [`${path} must be shorter than or equal to ${max} characters`];
    if (value.length < min) return [`${path} must be longer than or equal to ${min} characters`];
    return [];
  };
}

export function numeric(min = -Infinity, max = Infinity): Check {
  return (value, path) => {
    if (typeof value !== 'number')
      return [`${path} must be a number conforming to the specified constraints`];
    if (value < min) return [`${path} must not be less than ${min}`];
    if (value > max) return [`${path} must not be greater than ${max}`];
    return [];
  };
}

export const flag: Check = (value, path) =>
  typeof value === 'boolean' ? [] : [`${path} must be a boolean value`];

export const anyObject: Check = (value, path) => (isObject(value) ? [] : [`${path} must be an object`]);

export function oneOf(...values: readonly string[]): Check {
  return (value, path) =>
    values.some((allowed) => allowed === value)
      ? []
      : [`${path} must be one of the following values: ${values.join(', ')}`];
}

export const uuid: Check = (value, path) =>
  typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value)
    ? []
    : [`${path} must be a UUID`];

export function optional(check: Check): Check {
  return (value, path) => (value === undefined ? [] : check(value, path));
}

/** For fields that null clears. */
export function nullable(check: Check): Check {
  return (value, path) => (value === null ? [] : check(value, path));
}

/** Checks in turn, up to the first that finds something. */
export function all(...checks: readonly Check[]): Check {
  return (value, path) => {
    for (const check of checks) {
      const found = check(value, path);
      if (found.length > 0) return found;
    }
    return [];
  };
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
