import type { AuditEntryResponse } from '@voxreach/contracts';

/** A spreadsheet takes a text that begins like this for a formula and would run it. */
const FORMULA = /^[=+\-@\t\r]/;

const COLUMNS: Record<string, (entry: AuditEntryResponse) => string | null> = {
  time: ({ createdAt }) => createdAt,
  action: ({ action }) => action,
  outcome: ({ outcome }) => outcome,
  actorType: ({ actor }) => actor.type,
  actor: ({ actor }) => actor.name,
  actorId: ({ actor }) => actor.id,
  targetType: ({ target }) => target?.type ?? null,
  target: ({ target }) => target?.name ?? null,
  targetId: ({ target }) => target?.id ?? null,
  before: ({ before }) => (before === null ? null : JSON.stringify(before)),
  after: ({ after }) => (after === null ? null : JSON.stringify(after)),
  reason: ({ reason }) => reason,
  address: ({ address }) => address,
  userAgent: ({ userAgent }) => userAgent,
  requestId: ({ requestId }) => requestId,
};

export const CSV_HEADER = line(Object.keys(COLUMNS));

/** One line of the export (RFC 4180). */
export const csvLine = (entry: AuditEntryResponse): string =>
  line(Object.values(COLUMNS).map((valueOf) => valueOf(entry) ?? ''));

function line(values: readonly string[]): string {
  return `${values.map(quoted).join(',')}\r\n`;
}

function quoted(value: string): string {
  return `"${(FORMULA.test(value) ? `'${value}` : value).replaceAll('"', '""')}"`;
}
