import { Type } from 'class-transformer';
import { IsDateString, IsIn, IsOptional, IsString, IsUUID, ValidateNested } from 'class-validator';
import { PROVIDER_IDS, type ProviderId } from '../providers/provider-cards';
import { Optional } from '../validation/optional.decorator';
import { PHONE_NUMBER_STATUSES, type PhoneNumberStatus } from './phone-number-choices';

/** A reference by id, with the name to show. */
export class NamedReference {
  @IsUUID() id!: string;
  @IsString() name!: string;
}

export class PhoneNumberResponse {
  @IsUUID() id!: string;
  @IsIn(PROVIDER_IDS) provider!: ProviderId;
  /** E.164, or an extension of the client's own trunk; null for a SIP URI and until a free number is assigned. */
  @IsOptional() @IsString() number!: string | null;
  @IsOptional() @IsString() sipUri!: string | null;
  @IsString() name!: string;
  @IsIn(PHONE_NUMBER_STATUSES) status!: PhoneNumberStatus;
  @IsOptional() @ValidateNested() @Type(() => NamedReference) agent!: NamedReference | null;
  @IsOptional() @ValidateNested() @Type(() => NamedReference) credential!: NamedReference | null;
  @IsOptional() @IsString() fallbackNumber!: string | null;
  /** Numbers on the client's own trunk only: where the client's carrier must send calls. */
  @Optional() @IsString() sipAddress?: string;
  /** With `needs_attention` only: what happened and what can be done. */
  @Optional() @IsString() attention?: string;
  @IsDateString() createdAt!: string;
  @IsDateString() updatedAt!: string;
}

export class PhoneNumberPage {
  @ValidateNested({ each: true }) @Type(() => PhoneNumberResponse) items!: PhoneNumberResponse[];
  /** Send it as `cursor` for the next page; null on the last one. */
  @IsOptional() @IsString() nextCursor!: string | null;
}
