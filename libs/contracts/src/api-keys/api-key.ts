import { Type } from 'class-transformer';
import {
  ArrayNotEmpty,
  ArrayUnique,
  IsArray,
  IsDateString,
  IsIn,
  IsNotEmpty,
  IsOptional,
  IsString,
  IsUUID,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { API_KEY_SCOPES, type ApiKeyScope } from '../access/permissions';
import { Optional } from '../validation/optional.decorator';
import { IsTime } from '../validation/time.decorator';
import { Trim } from '../validation/trim.decorator';

/** Makes an API key of the organisation. */
export class CreateApiKeyBody {
  @IsString({ message: 'Enter a name that says what the key is for.' })
  @IsNotEmpty({ message: 'Enter a name that says what the key is for.' })
  @MaxLength(80, { message: 'The name can have 80 characters at most.' })
  @Trim()
  name!: string;

  @IsArray({ message: 'Choose what the key may do.' })
  @ArrayNotEmpty({ message: 'Choose what the key may do.' })
  @ArrayUnique({ message: 'Name each scope once.' })
  @IsIn(API_KEY_SCOPES, { each: true, message: `Choose from ${API_KEY_SCOPES.join(', ')}.` })
  scopes!: ApiKeyScope[];

  /** When it stops working; ISO 8601, in the future. Without it the key works until it is revoked. */
  @Optional()
  @IsTime('Give the time as ISO 8601, for example 2027-01-31T00:00:00Z.')
  expiresAt?: string;
}

export class ApiKeyResponse {
  @IsUUID() id!: string;
  @IsString() name!: string;
  /** How the key begins, to tell it from others. */
  @IsString() prefix!: string;
  @IsArray() @IsIn(API_KEY_SCOPES, { each: true }) scopes!: ApiKeyScope[];
  /** Who made it; null once that person has gone. */
  @IsOptional() @IsString() createdBy!: string | null;
  @IsDateString() createdAt!: string;
  @IsOptional() @IsDateString() expiresAt!: string | null;
  /** To the minute. */
  @IsOptional() @IsDateString() lastUsedAt!: string | null;
}

/** A new key: the one time that it is shown. */
export class NewApiKeyResponse extends ApiKeyResponse {
  /** Sent as `Authorization: Bearer …`. */
  @IsString() key!: string;
}

export class ApiKeyList {
  @ValidateNested({ each: true }) @Type(() => ApiKeyResponse) items!: ApiKeyResponse[];
}
