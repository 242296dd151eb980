import { ValidateBy } from 'class-validator';

/**
 * A rule that looks at the whole object, reported at one property.
 * `holds` gets the property's value and the object it stands in.
 */
export const Check = <T extends object>(
  name: string,
  message: string,
  holds: (value: unknown, object: T) => boolean,
): PropertyDecorator =>
  ValidateBy(
    {
      name,
      validator: {
        validate: (value: unknown, args) => args !== undefined && holds(value, args.object as T),
        defaultMessage: () => message,
      },
    },
    // Without this a rule on an array would be asked of each element.
    { each: false },
  );
