import { applyDecorators } from '../validation/apply-decorators';
import { Type } from 'class-transformer';
import { IsObject, IsUUID, ValidateIf, ValidateNested } from 'class-validator';
import { Check } from '../validation/check.decorator';
import type { ClassOf } from '../validation/class-of';
import { Optional } from '../validation/optional.decorator';

interface InlineOrSaved {
  credentialId?: unknown;
  credential?: unknown;
}

/** The id of a saved credential; refused when credentials are given inline as well. */
export const SavedCredentialId = (): PropertyDecorator =>
  applyDecorators(
    Optional(),
    IsUUID(undefined, { message: 'Choose one of your saved credentials.' }),
    Check<InlineOrSaved>(
      'notBoth',
      'Give either a saved credential or new credentials, not both.',
      (_value, body) => body.credential === undefined,
    ),
  );

/** Credentials given inline; required when no saved credential is named. */
export const InlineCredential = (type: () => ClassOf<object>): PropertyDecorator =>
  applyDecorators(
    ValidateIf((body: InlineOrSaved) => body.credential !== undefined || body.credentialId === undefined),
    IsObject({ message: 'Enter the credentials, or choose a saved one.' }),
    ValidateNested(),
    Type(type),
  );
