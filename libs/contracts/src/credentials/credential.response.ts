import { Type } from 'class-transformer';
import { IsDateString, IsIn, IsInt, IsOptional, IsString, IsUUID, ValidateNested } from 'class-validator';
import { CREDENTIAL_PROVIDER_IDS, type CredentialProviderId } from '../providers/providers';

/** Our reference to credentials that Vapi holds. No secret, no id of Vapi's. */
export class CredentialResponse {
  @IsUUID() id!: string;
  @IsIn(CREDENTIAL_PROVIDER_IDS) provider!: CredentialProviderId;
  @IsString() name!: string;
  @IsInt() phoneNumberCount!: number;
  /** What was interrupted and what can be done about it; null means that all is well. */
  @IsOptional() @IsString() attention!: string | null;
  @IsDateString() createdAt!: string;
  @IsDateString() updatedAt!: string;
}

export class CredentialPage {
  @ValidateNested({ each: true }) @Type(() => CredentialResponse) items!: CredentialResponse[];
  /** Send it as `cursor` for the next page; null on the last one. */
  @IsOptional() @IsString() nextCursor!: string | null;
}
