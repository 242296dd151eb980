import { Type } from 'class-transformer';
import {
  IsArray,
  IsBoolean,
  IsDateString,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  ValidateNested,
} from 'class-validator';
import { type Role, ROLES } from '../access/roles';
import { SecurityNoticeResponse } from './security-notice';

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
  /** The organisation of this session, with the person's role in it. */
  @ValidateNested() @Type(() => SessionOrganization) organization!: SessionOrganization;
  /** All organisations that the person belongs to, the one joined first in front. */
  @ValidateNested({ each: true }) @Type(() => SessionOrganization) organizations!: SessionOrganization[];
  @ValidateNested() @Type(() => Features) features!: Features;
  /** An authenticator app is set up. */
  @IsBoolean() hasSecondFactor!: boolean;
  /** This organisation requires one and there is none: until it is set up, nothing of the organisation is open. */
  @IsBoolean() needsSecondFactor!: boolean;
  /** Security notices that the person has not seen. */
  @IsInt() newSecurityNotices!: number;
}

/** One place where a person is signed in. */
export class SignedInSession {
  @IsUUID() id!: string;
  /** The one that asks. */
  @IsBoolean() isCurrent!: boolean;
  /** The address it was last used from. */
  @IsOptional() @IsString() address!: string | null;
  /** What the browser calls itself. */
  @IsOptional() @IsString() userAgent!: string | null;
  @IsDateString() createdAt!: string;
  @IsDateString() lastUsedAt!: string;
}

export class SignedInSessionList {
  @ValidateNested({ each: true }) @Type(() => SignedInSession) items!: SignedInSession[];
}

/** An organisation that a person belongs to. */
export class AccountMembership extends SessionOrganization {
  @IsDateString() joinedAt!: string;
}

/** All that is kept of a person themselves. What they did in an organisation stands in its audit trail, which is the organisation's. */
export class AccountDataResponse {
  @ValidateNested() @Type(() => SessionUser) user!: SessionUser;
  @IsDateString() createdAt!: string;
  /** When an authenticator app was set up. */
  @IsOptional() @IsDateString() secondFactorSince!: string | null;
  @ValidateNested({ each: true }) @Type(() => AccountMembership) memberships!: AccountMembership[];
  @ValidateNested({ each: true }) @Type(() => SignedInSession) sessions!: SignedInSession[];
  @ValidateNested({ each: true })
  @Type(() => SecurityNoticeResponse)
  securityNotices!: SecurityNoticeResponse[];
}

export class StepUpResponse {
  /** Until then nothing asks for the password again. */
  @IsDateString() expiresAt!: string;
}

/** A second factor that begins to be set up; it counts once a code of it was given. */
export class SecondFactorSetupResponse {
  /** Base32, to be typed into an authenticator app. */
  @IsString() secret!: string;
  /** `otpauth://…`, to be shown as a QR code. */
  @IsString() uri!: string;
}

export class RecoveryCodesResponse {
  /** Each signs in once instead of a code. Shown this one time. */
  @IsArray() @IsString({ each: true }) recoveryCodes!: string[];
}
