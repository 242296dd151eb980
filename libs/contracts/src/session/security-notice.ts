import { Type } from 'class-transformer';
import { IsBoolean, IsDateString, IsIn, IsOptional, IsString, IsUUID, ValidateNested } from 'class-validator';
import { IsTime } from '../validation/time.decorator';

/**
 * What the owner of an account is told, since it may have been somebody else:
 * - `new_address`: a sign-in from a network address that was not seen in the last 90 days
 * - `password_changed`: by whoever was signed in; `password_reset`: by the operator
 * - `second_factor_added`, `second_factor_removed`, `recovery_codes_replaced`
 * - `recovery_code_used`: in place of a code of the authenticator app
 * - `code_reused`: a code of the app came a second time, and was refused
 * - `session_stolen`: a spent refresh token came back, and its session was ended
 */
export const SECURITY_NOTICE_KINDS = [
  'new_address',
  'password_changed',
  'password_reset',
  'second_factor_added',
  'second_factor_removed',
  'recovery_codes_replaced',
  'recovery_code_used',
  'code_reused',
  'session_stolen',
] as const;

export type SecurityNoticeKind = (typeof SECURITY_NOTICE_KINDS)[number];

/** Something that happened to a person's account. Kept for 90 days. */
export class SecurityNoticeResponse {
  @IsUUID() id!: string;
  @IsIn(SECURITY_NOTICE_KINDS) kind!: SecurityNoticeKind;
  /** The network address it came from; null for what the operator did. */
  @IsOptional() @IsString() address!: string | null;
  /** What the browser calls itself. */
  @IsOptional() @IsString() userAgent!: string | null;
  /** The person has not said that they saw it. */
  @IsBoolean() isNew!: boolean;
  @IsDateString() createdAt!: string;
}

/** The newest hundred, the newest first. */
export class SecurityNoticeList {
  @ValidateNested({ each: true }) @Type(() => SecurityNoticeResponse) items!: SecurityNoticeResponse[];
}

/** What the person has seen. */
export class SeenSecurityNoticesBody {
  /** The time of the newest notice that they saw, ISO 8601: later ones stay new. */
  @IsTime('Give the time as ISO 8601, for example 2026-11-01T00:00:00Z.')
  until!: string;
}
