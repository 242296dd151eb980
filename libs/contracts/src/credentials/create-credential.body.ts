import { Type, type TypeHelpOptions } from 'class-transformer';
import { IsIn, IsNotEmpty, IsObject, IsString, MaxLength, ValidateIf, ValidateNested } from 'class-validator';
import {
  CREDENTIAL_PROVIDER_IDS,
  type CredentialProviderId,
  providerOfCredential,
} from '../providers/providers';
import type { ClassOf } from '../validation/class-of';
import { Optional } from '../validation/optional.decorator';
import { Trim } from '../validation/trim.decorator';

const isKnown = (provider: unknown): provider is CredentialProviderId =>
  CREDENTIAL_PROVIDER_IDS.some((id) => id === provider);

const credentialClass = (provider: unknown): ClassOf<object> =>
  (isKnown(provider) && providerOfCredential(provider).credential?.body) || Object;

/** Registers credentials with Vapi, to be used by several numbers. */
export class CreateCredentialBody {
  @IsIn(CREDENTIAL_PROVIDER_IDS, { message: `Choose one of ${CREDENTIAL_PROVIDER_IDS.join(', ')}.` })
  provider!: CredentialProviderId;

  /** For display. Defaults to the provider's label. */
  @Optional()
  @IsString({ message: 'The name must be a text.' })
  @IsNotEmpty({ message: 'Enter a name, or leave it out.' })
  @MaxLength(80, { message: 'The name can have 80 characters at most.' })
  @Trim()
  name?: string;

  // An unknown provider is reported at `provider`; there is no class to hold its credentials to.
  @ValidateIf(({ provider }: CreateCredentialBody) => isKnown(provider))
  @IsObject({ message: 'Enter the credentials of the carrier.' })
  @ValidateNested()
  @Type((options?: TypeHelpOptions) =>
    credentialClass((options?.object as CreateCredentialBody | undefined)?.provider),
  )
  credential!: object;
}
