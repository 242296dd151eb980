import { IsNotEmpty, IsOptional, IsString, IsUUID, MaxLength } from 'class-validator';
import { IsE164 } from '../validation/e164';
import { Optional } from '../validation/optional.decorator';
import { Trim } from '../validation/trim.decorator';

/** Changes what is given; `null` clears. The number itself cannot change: add the new one instead. */
export class UpdatePhoneNumberBody {
  @Optional()
  @IsString({ message: 'The name must be a text.' })
  @IsNotEmpty({ message: 'Enter a name.' })
  @MaxLength(80, { message: 'The name can have 80 characters at most.' })
  @Trim()
  name?: string;

  @IsOptional()
  @IsUUID(undefined, { message: 'Choose one of your agents.' })
  agentId?: string | null;

  @IsOptional()
  @IsE164()
  fallbackNumber?: string | null;
}
