import { Type } from 'class-transformer';
import { IsDateString, IsIn, IsObject, IsOptional, IsString, IsUUID, ValidateNested } from 'class-validator';
import { PageQuery } from '../paging/page.query';
import { Optional } from '../validation/optional.decorator';
import { IsTime } from '../validation/time.decorator';

/** Everything that is written down, with the words for it. */
export const AUDIT_ACTIONS = {
  'phone_number.import': 'Added a phone number',
  'phone_number.update': 'Changed a phone number',
  'phone_number.remove': 'Removed a phone number',
  'phone_number.export': 'Exported the phone numbers',
  'phone_number.retry': 'Settled a phone number that needed attention',
  'agent.create': 'Added an agent',
  'agent.update': 'Changed an agent',
  'agent.remove': 'Removed an agent',
  'agent.retry': 'Settled an agent that needed attention',
  'credential.create': 'Saved a credential',
  'credential.remove': 'Removed a credential',
  'credential.retry': 'Settled a credential that needed attention',
  'organization.create': 'Created the organisation',
  'organization.update': 'Renamed the organisation',
  'organization.security': 'Changed what members need to sign in',
  'member.join': 'Joined the organisation',
  'member.update': 'Changed the role of a member',
  'member.remove': 'Removed a member',
  'invitation.create': 'Invited a person',
  'invitation.revoke': 'Took back an invitation',
  'api_key.create': 'Made an API key',
  'api_key.revoke': 'Revoked an API key',
  'session.start': 'Signed in',
  'session.switch': 'Went over to this organisation',
  'session.end': 'Signed out',
  'session.step_up': 'Confirmed who they are',
  'user.update': 'Changed their profile',
  'user.password': 'Changed their password',
  'user.second_factor': 'Set up a second factor',
  'user.second_factor_removed': 'Removed their second factor',
  'user.recovery_codes': 'Made new recovery codes',
  'user.remove': 'Deleted their account',
  'audit.export': 'Exported the activity',
  'request.refuse': 'Tried something that was refused',
} as const;

export type AuditAction = keyof typeof AUDIT_ACTIONS;

export const AUDIT_ACTION_IDS = Object.keys(AUDIT_ACTIONS) as AuditAction[];

/** `refused`: not allowed, or not accepted by the carrier; nothing was changed. */
export const AUDIT_OUTCOMES = ['succeeded', 'refused'] as const;

export type AuditOutcome = (typeof AUDIT_OUTCOMES)[number];

/** `system`: recovery, which finishes or takes back what was interrupted. */
export const AUDIT_ACTOR_TYPES = ['user', 'api_key', 'system', 'anonymous'] as const;

export type AuditActorType = (typeof AUDIT_ACTOR_TYPES)[number];

/** Which entries to list; the newest come first. */
export class ListAuditQuery extends PageQuery {
  @Optional()
  @IsIn(AUDIT_ACTION_IDS, { message: 'Choose one of the actions that are listed.' })
  action?: AuditAction;

  @Optional()
  @IsIn(AUDIT_OUTCOMES, { message: `Choose one of ${AUDIT_OUTCOMES.join(', ')}.` })
  outcome?: AuditOutcome;

  /** Id of the person or API key. */
  @Optional()
  @IsUUID(undefined, { message: 'Choose one of your members or API keys.' })
  actorId?: string;

  /** Id of what was changed. */
  @Optional()
  @IsUUID(undefined, { message: 'Give the id of what was changed.' })
  targetId?: string;

  /** From this time on, ISO 8601. */
  @Optional()
  @IsTime('Give the time as ISO 8601, for example 2026-11-01T00:00:00Z.')
  from?: string;

  /** Before this time, ISO 8601. */
  @Optional()
  @IsTime('Give the time as ISO 8601, for example 2026-12-01T00:00:00Z.')
  to?: string;
}

export class AuditActor {
  @IsIn(AUDIT_ACTOR_TYPES) type!: AuditActorType;
  @IsOptional() @IsUUID() id!: string | null;
  /** As it was then. */
  @IsOptional() @IsString() name!: string | null;
}

export class AuditTarget {
  /** For example `phone_number`. */
  @IsString() type!: string;
  @IsOptional() @IsUUID() id!: string | null;
  /** As it was then. */
  @IsOptional() @IsString() name!: string | null;
}

/** One thing that happened, or was tried. Never changed afterwards. */
export class AuditEntryResponse {
  @IsUUID() id!: string;
  @IsIn(AUDIT_ACTION_IDS) action!: AuditAction;
  @IsIn(AUDIT_OUTCOMES) outcome!: AuditOutcome;
  @ValidateNested() @Type(() => AuditActor) actor!: AuditActor;
  @IsOptional() @ValidateNested() @Type(() => AuditTarget) target!: AuditTarget | null;
  /** What was so before, without secrets; the fields that were changed. */
  @IsOptional() @IsObject() before!: Record<string, unknown> | null;
  /** What is so since. */
  @IsOptional() @IsObject() after!: Record<string, unknown> | null;
  /** Why it was refused. */
  @IsOptional() @IsString() reason!: string | null;
  /** The network address it came from. */
  @IsOptional() @IsString() address!: string | null;
  @IsOptional() @IsString() userAgent!: string | null;
  /** Found again in the operator's log. */
  @IsOptional() @IsString() requestId!: string | null;
  @IsDateString() createdAt!: string;
}

export class AuditPage {
  @ValidateNested({ each: true }) @Type(() => AuditEntryResponse) items!: AuditEntryResponse[];
  /** Send it as `cursor` for the next page; null on the last one. */
  @IsOptional() @IsString() nextCursor!: string | null;
}
