import type { Pool } from 'pg';
import { tableOf } from './table';

/** A number, agent or credential that somebody should look at, or on which recovery still works. */
export interface UnsettledThing {
  organizationId: string;
  organization: string;
  kind: 'phone number' | 'agent' | 'credential';
  id: string;
  name: string;
  /** Of a phone number: its number or SIP address, as far as it has one. */
  number: string | null;
  since: Date;
  /** What happened, in the words that clients read; null while recovery has not given up hope. */
  attention: string | null;
  attempts: number;
  /** When recovery looks at it again; null when that is not planned. */
  nextTry: Date | null;
}

const KINDS = [
  { kind: 'phone number', table: 'phone_numbers', number: 'coalesce(t.number, t.sip_uri)' },
  { kind: 'agent', table: 'agents', number: 'NULL' },
  { kind: 'credential', table: 'credentials', number: 'NULL' },
] as const;

/** What needs attention. */
export const thingsToAttend = (ownerPool: Pool): Promise<UnsettledThing[]> =>
  things(ownerPool, 't.attention IS NOT NULL');

/** What recovery has failed on so far, or should have settled by now. */
export const thingsToSettle = (ownerPool: Pool): Promise<UnsettledThing[]> =>
  things(ownerPool, `t.lifecycle <> 'live' AND (t.attempts > 0 OR t.lease_until < now())`);

/** Of all organisations, the oldest first. */
async function things(ownerPool: Pool, condition: string): Promise<UnsettledThing[]> {
  const each = KINDS.map(
    ({ kind, table, number }) => `
      SELECT o.id AS "organizationId", o.name AS organization, '${kind}' AS kind, t.id, t.name, ${number} AS number,
        t.updated_at AS since, t.attention, t.attempts,
        CASE WHEN t.lifecycle <> 'live' THEN t.lease_until END AS "nextTry"
      FROM ${table} t JOIN organizations o ON o.id = t.organization_id WHERE ${condition}`,
  );
  const { rows } = await ownerPool.query<UnsettledThing>(`${each.join(' UNION ALL ')} ORDER BY since, id`);
  return rows;
}

/** For people. */
export const tableOfThings = (list: readonly UnsettledThing[]): string =>
  tableOf(
    ['ORGANISATION', 'WHAT', 'NAME', 'NUMBER', 'SINCE', 'TRIES', 'WHAT HAPPENED'],
    list.map(({ organization, kind, name, number, since, attempts, attention }) => [
      organization,
      kind,
      name,
      number ?? '',
      since.toISOString(),
      String(attempts),
      attention ?? 'It was interrupted; recovery is at it.',
    ]),
  );
