import { ValidateIf } from 'class-validator';

/**
 * The field may be left out, but not be `null`: class-validator's own `@IsOptional()` also lets `null`
 * through, which would read as "clear this".
 */
export const Optional = (): PropertyDecorator =>
  ValidateIf((_object: object, value: unknown) => value !== undefined);
