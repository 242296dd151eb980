/**
 * The dotted paths into T, such as `gateways.0.ip`: the same spelling that refused fields have in an
 * answer, so a form finds the control by the path alone.
 */
export type FieldPath<T> = T extends readonly (infer Item)[]
  ? `${number}` | `${number}.${FieldPath<Item>}`
  : T extends object
    ? { [K in keyof T & string]: K | `${K}.${FieldPath<NonNullable<T[K]>>}` }[keyof T & string]
    : never;
