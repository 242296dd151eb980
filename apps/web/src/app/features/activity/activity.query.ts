import {
  AUDIT_ACTION_IDS,
  AUDIT_OUTCOMES,
  type AuditAction,
  type AuditOutcome,
  type ListAuditQuery,
} from '@voxreach/contracts';

/** What of the activity can be chosen, and stands in the address. Days are those of the person who looks: `2026-11-22`. */
export interface ActivityQuery {
  action?: AuditAction | undefined;
  outcome?: AuditOutcome | undefined;
  actorId?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;

const oneOf = <T extends string>(known: readonly T[], value: string | undefined): T | undefined =>
  known.find((item) => item === value);

/** Midnight at the beginning of the day, or of one after it; undefined for what is no day. */
function startOf(day: string | undefined, daysLater = 0): Date | undefined {
  const [, year, month, date] = DAY.exec(day ?? '') ?? [];
  const start = new Date(Number(year), Number(month) - 1, Number(date) + daysLater);
  return year === undefined || Number.isNaN(start.getTime()) ? undefined : start;
}

/** Reads an address that anybody may have typed: what is not known is left out. */
export const readQuery = (given: Record<keyof ActivityQuery, string | undefined>): ActivityQuery => ({
  action: oneOf(AUDIT_ACTION_IDS, given.action),
  outcome: oneOf(AUDIT_OUTCOMES, given.outcome),
  actorId: given.actorId !== undefined && UUID.test(given.actorId) ? given.actorId : undefined,
  from: startOf(given.from) && given.from,
  to: startOf(given.to) && given.to,
});

/** The last day counts as a whole. */
export const toApiQuery = ({ from, to, ...rest }: ActivityQuery): ListAuditQuery => ({
  ...rest,
  from: startOf(from)?.toISOString(),
  to: startOf(to, 1)?.toISOString(),
});

export const isFiltered = (query: ActivityQuery): boolean =>
  Object.values(query).some((value) => value !== undefined);
