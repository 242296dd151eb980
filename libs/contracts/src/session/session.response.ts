import { Type } from 'class-transformer';
import { IsBoolean, IsIn, IsInt, IsString, IsUUID, ValidateNested } from 'class-validator';

/** What a person may do in an organisation. */
export const ROLES = ['owner', 'admin', 'member', 'viewer'] as const;

export type Role = (typeof ROLES)[number];

export class SessionUser {
  @IsUUID() id!: string;
  @IsString() name!: string;
  @IsString() email!: string;
}

export class SessionOrganization {
  @IsUUID() id!: string;
  @IsString() name!: string;
  @IsIn(ROLES) role!: Role;
}

/** A new session. The refresh token travels in an HttpOnly cookie, never in the body. */
export class SessionResponse {
  /** Sent as `Authorization: Bearer …`. */
  @IsString() accessToken!: string;
  /** Seconds until the access token expires. */
  @IsInt() expiresIn!: number;
  @ValidateNested() @Type(() => SessionUser) user!: SessionUser;
  @ValidateNested() @Type(() => SessionOrganization) organization!: SessionOrganization;
}

/** What this installation offers. */
export class Features {
  /** Free test numbers can be provisioned. */
  @IsBoolean() vapiNumbers!: boolean;
}

export class MeResponse {
  @ValidateNested() @Type(() => SessionUser) user!: SessionUser;
  @ValidateNested() @Type(() => SessionOrganization) organization!: SessionOrganization;
  @ValidateNested() @Type(() => Features) features!: Features;
}
