import { type Lifecycle, Prisma } from '../../generated/prisma/client';
import { AppError, busy, notFound } from '../common/app-error';
import type { Transaction } from './transaction';

/** The tables to whose rows numbers refer. */
export type ReferableTable = 'agents' | 'credentials';

/** What a row of each is called in sentences. */
export const REFERABLE = { agents: 'agent', credentials: 'credential' } as const satisfies Record<
  ReferableTable,
  string
>;

/** Why a number cannot refer to a row, by table. */
const UNSETTLED = {
  agents: 'This agent needs attention first. Choose another one, or settle it in the list of agents.',
  credentials:
    'This credential needs attention first. Choose another one, or settle it in the list of credentials.',
} as const satisfies Record<ReferableTable, string>;
const MISSING = {
  agents: 'There is no such agent in your organisation. Choose another one.',
  credentials: 'There is no such credential in your organisation. Choose another one.',
} as const satisfies Record<ReferableTable, string>;

interface LockedRow {
  id: string;
  lifecycle: Lifecycle;
  provider: string | null;
  /** Its id at Vapi; null when that was never learned. */
  vapiId: string | null;
  attention: string | null;
}

const COLUMNS: Record<ReferableTable, Prisma.Sql> = {
  agents: Prisma.sql`NULL AS provider, vapi_assistant_id AS "vapiId"`,
  credentials: Prisma.sql`provider, vapi_credential_id AS "vapiId"`,
};

/** What a client may see: everything but creations that still run, unless a person has to look at them. */
export const IS_VISIBLE = {
  NOT: { lifecycle: 'creating', attention: null },
} as const;

/**
 * Locks a row until the transaction ends, for something that is to refer to it: so nothing can come to refer to a row that is being
 * removed. `path` is the field of the request that names it.
 * @throws AppError NOT_FOUND, CONFLICT when it needs attention
 */
export async function lockToRefer(
  tx: Transaction,
  table: ReferableTable,
  organizationId: string,
  id: string,
  path: string,
): Promise<LockedRow & { vapiId: string }> {
  const row = await lockRow(tx, table, organizationId, id, 'SHARE');
  if (row !== undefined && row.attention !== null) {
    const message = UNSETTLED[table];
    throw new AppError('CONFLICT', message, { errors: [{ path, message }], retryAfterSeconds: 60 });
  }
  if (row === undefined || row.vapiId === null || !['live', 'updating'].includes(row.lifecycle)) {
    const message = MISSING[table];
    throw new AppError('NOT_FOUND', message, { errors: [{ path, message }] });
  }
  return { ...row, vapiId: row.vapiId };
}

/**
 * Locks a row until the transaction ends, for a change that begins with it.
 * @throws AppError NOT_FOUND, CONFLICT while another change runs
 */
export async function lockToChange(
  tx: Transaction,
  table: ReferableTable,
  organizationId: string,
  id: string,
): Promise<LockedRow> {
  const row = await lockRow(tx, table, organizationId, id, 'UPDATE');
  if (row === undefined) throw notFound(REFERABLE[table]);
  // What recovery has failed on for a while, a person may take over.
  if (row.lifecycle !== 'live' && row.attention === null) throw busy(REFERABLE[table]);
  return row;
}

async function lockRow(
  tx: Transaction,
  table: ReferableTable,
  organizationId: string,
  id: string,
  strength: 'SHARE' | 'UPDATE',
): Promise<LockedRow | undefined> {
  const [row] = await tx.$queryRaw<LockedRow[]>`
    SELECT id, lifecycle::text AS lifecycle, attention, ${COLUMNS[table]} FROM ${Prisma.raw(table)}
    WHERE organization_id = ${organizationId}::uuid AND id = ${id}::uuid
      AND (lifecycle <> 'creating' OR attention IS NOT NULL)
    FOR ${Prisma.raw(strength)}`;
  return row;
}
