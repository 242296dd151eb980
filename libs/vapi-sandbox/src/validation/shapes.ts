import { type Check, isObject, oneOf, optional, type Shape } from './check';

/** An object with these fields and no other. */
export function object(shape: Shape): Check {
  return (value, path) => {
    if (!isObject(value)) return [`${path} must be an object`];
    const unknown = Object.keys(value).filter((field) => !Object.hasOwn(shape, field));
    return [
      ...unknown.map((field) => `${prefix(path)}property ${field} should not exist`),
      ...fieldsOf(shape)(value, path),
    ];
  };
}

/** An object with at least these fields. */
export function openObject(shape: Shape): Check {
  return (value, path) => (isObject(value) ? fieldsOf(shape)(value, path) : [`${path} must be an object`]);
}

/** One of several objects, told apart by the text in one of their fields. */
export function variants(discriminator: string, shapes: Readonly<Record<string, Shape>>): Check {
  return (value, path) => {
    if (!isObject(value)) return [`${path} must be an object`];
    const name = value[discriminator];
    if (typeof name !== 'string' || !Object.hasOwn(shapes, name)) {
      return oneOf(...Object.keys(shapes))(name, prefix(path) + discriminator);
    }
    return object({ ...shapes[name], [discriminator]: oneOf(name) })(value, path);
  };
}

export function listOf(check: Check, max = Infinity): Check {
  return (value, path) => {
    if (!Array.isArray(value)) return [`${path} must be an array`];
    if (value.length > max) return [`${path} must contain no more than ${max} elements`];
    return value.flatMap((item, index) => check(item, `${path}.${index}`));
  };
}

/** The same fields, none of them required: the body of a PATCH. */
export function partial(shape: Shape): Shape {
  return Object.fromEntries(Object.entries(shape).map(([field, check]) => [field, optional(check)]));
}

function fieldsOf(shape: Shape): (value: Record<string, unknown>, path: string) => string[] {
  return (value, path) =>
    Object.entries(shape).flatMap(([field, check]) => check(value[field], prefix(path) + field));
}

function prefix(path: string): string {
  return path === '' ? '' : `${path}.`;
}
