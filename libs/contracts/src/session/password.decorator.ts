import { IsString, MaxLength, MinLength } from 'class-validator';
import { applyDecorators } from '../validation/apply-decorators';

/** A password that is chosen now: by its length alone. The server refuses the ones that everybody uses, too. */
export const NewPassword = (): PropertyDecorator =>
  applyDecorators(
    IsString({ message: 'Enter a password.' }),
    MinLength(12, { message: 'The password needs at least 12 characters.' }),
    MaxLength(128, { message: 'The password can have 128 characters at most.' }),
  );
