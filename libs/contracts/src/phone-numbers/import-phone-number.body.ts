import { IsNotEmpty, IsOptional, IsString, IsUUID, MaxLength } from 'class-validator';
import { IsE164 } from '../validation/e164';
import { Optional } from '../validation/optional.decorator';
import { Trim } from '../validation/trim.decorator';

/** What the import of a number takes for every provider; each provider's own body adds its fields. */
export class ImportPhoneNumberBody {
  /** A ProviderId; which class a body is checked with depends on it. */
  @IsString({ message: 'Choose a provider.' })
  provider!: string;

  /** For display. Defaults to the number itself. */
  @Optional()
  @IsString({ message: 'The name must be a text.' })
  @IsNotEmpty({ message: 'Enter a name, or leave it out.' })
  @MaxLength(80, { message: 'The name can have 80 characters at most.' })
  @Trim()
  name?: string;

  /** The agent that answers; without one, callers hear that nobody is assigned yet. */
  @IsOptional()
  @IsUUID(undefined, { message: 'Choose one of your agents.' })
  agentId?: string | null;

  /** Where Vapi sends a call that the agent cannot take. E.164. */
  @IsOptional()
  @IsE164()
  fallbackNumber?: string | null;
}
