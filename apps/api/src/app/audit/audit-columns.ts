import type { AuditEntryResponse } from '@voxreach/contracts';
import type { CsvColumns } from '../common/csv-export';

/** The audit trail as a file. */
export const AUDIT_COLUMNS: CsvColumns<AuditEntryResponse> = {
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
