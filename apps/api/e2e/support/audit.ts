import type { AuditAction, AuditActorType, AuditOutcome } from '@voxreach/contracts';
import type { Api } from './api';

/** An entry of the audit trail, as the database has it. */
export interface WrittenEntry {
  id: string;
  organizationId: string | null;
  action: AuditAction;
  outcome: AuditOutcome;
  actor: { type: AuditActorType; id: string | null; name: string | null };
  target: { type: string | null; id: string | null; name: string | null };
  before: object | null;
  after: object | null;
  reason: string | null;
  address: string | null;
  userAgent: string | null;
  requestId: string | null;
}

const SELECT = `
  SELECT id, organization_id AS "organizationId", action, outcome::text AS outcome,
    json_build_object('type', actor_type, 'id', actor_id, 'name', actor_name) AS actor,
    json_build_object('type', target_type, 'id', target_id, 'name', target_name) AS target,
    before, after, reason, address, user_agent AS "userAgent", request_id AS "requestId"
  FROM audit_entries`;

/** What was written down, for whatever organisation, while `action` ran; the oldest first. */
export async function entriesDuring<T>(
  { db }: Api,
  action: () => Promise<T>,
): Promise<{ result: T; entries: WrittenEntry[] }> {
  const { rows: before } = await db.query<{ id: string }>('SELECT id FROM audit_entries');
  const result = await action();
  const { rows: entries } = await db.query<WrittenEntry>(
    `${SELECT} WHERE NOT (id = ANY($1::uuid[])) ORDER BY created_at, id`,
    [before.map(({ id }) => id)],
  );
  return { result, entries };
}
