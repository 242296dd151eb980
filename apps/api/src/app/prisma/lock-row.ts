import { type Lifecycle, Prisma } from '../../generated/prisma/client';

/** A row with its id at Vapi. */
interface LockedRow {
  id: string;
  lifecycle: Exclude<Lifecycle, 'creating'>;
  provider: string | null;
  vapiId: string;
}

const COLUMNS = {
  agents: Prisma.sql`NULL AS provider, vapi_assistant_id AS "vapiId"`,
  credentials: Prisma.sql`provider, vapi_credential_id AS "vapiId"`,
};

/**
 * A row of the organisation, locked until the transaction ends: `SHARE` to refer to it, `UPDATE` to change or remove it. So nothing can
 * come to refer to a row that is being removed. Undefined when there is none, or not yet.
 */
export async function lockRow(
  tx: Prisma.TransactionClient,
  table: keyof typeof COLUMNS,
  organizationId: string,
  id: string,
  strength: 'SHARE' | 'UPDATE',
): Promise<LockedRow | undefined> {
  const [row] = await tx.$queryRaw<LockedRow[]>`
    SELECT id, lifecycle::text AS lifecycle, ${COLUMNS[table]} FROM ${Prisma.raw(table)}
    WHERE organization_id = ${organizationId}::uuid AND id = ${id}::uuid AND lifecycle <> 'creating'
    FOR ${Prisma.raw(strength)}`;
  return row;
}

/** True when something new may refer to the row. */
export const isReferable = (row: LockedRow | undefined): row is LockedRow =>
  row?.lifecycle === 'live' || row?.lifecycle === 'updating';
