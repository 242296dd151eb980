import { Type } from 'class-transformer';
import { IsBoolean, IsDateString, IsIn, IsOptional, IsString, IsUUID, ValidateNested } from 'class-validator';
import { type Role, ROLES } from '../access/roles';

export class OrganizationResponse {
  @IsUUID() id!: string;
  @IsString() name!: string;
  /** Members without a second factor may only set one up. */
  @IsBoolean() requiresSecondFactor!: boolean;
  @IsDateString() createdAt!: string;
}

export class MemberResponse {
  @IsUUID() userId!: string;
  @IsString() name!: string;
  @IsString() email!: string;
  @IsIn(ROLES) role!: Role;
  @IsBoolean() hasSecondFactor!: boolean;
  @IsDateString() joinedAt!: string;
}

export class MemberList {
  @ValidateNested({ each: true }) @Type(() => MemberResponse) items!: MemberResponse[];
}

export class InvitationResponse {
  @IsUUID() id!: string;
  @IsString() email!: string;
  @IsIn(ROLES) role!: Role;
  /** Who invited; null once that person has gone. */
  @IsOptional() @IsString() invitedBy!: string | null;
  @IsDateString() createdAt!: string;
  @IsDateString() expiresAt!: string;
}

/** A new invitation. Its link is shown this one time, and works once. */
export class NewInvitationResponse extends InvitationResponse {
  @IsString() link!: string;
}

export class InvitationList {
  @ValidateNested({ each: true }) @Type(() => InvitationResponse) items!: InvitationResponse[];
}

/** What an invited person sees before accepting. */
export class InvitationPreviewResponse {
  @IsString() organizationName!: string;
  @IsString() email!: string;
  @IsIn(ROLES) role!: Role;
  /** True: sign in with the account's password; false: choose a name and a password. */
  @IsBoolean() hasAccount!: boolean;
}
