import { Prisma } from '../../generated/prisma/client';

/** The tables whose rows have a counterpart at Vapi. */
type LifecycleTable = 'agents' | 'credentials';

interface LockedRow {
  id: string;
  name: string;
  vapiId: string;
}

/**
 * A live row of the organisation, locked until the transaction ends: `SHARE` to refer to it, `UPDATE` to take it away. So
 * nothing can come to refer to a row that is being removed.
 */
export async function lockLiveRow(
  tx: Prisma.TransactionClient,
  table: LifecycleTable,
  organizationId: string,
  id: string,
  strength: 'SHARE' | 'UPDATE',
): Promise<LockedRow | undefined> {
  const vapiId = { agents: 'vapi_assistant_id', credentials: 'vapi_credential_id' }[table];
  const [row] = await tx.$queryRaw<LockedRow[]>`
    SELECT id, name, ${Prisma.raw(vapiId)} AS "vapiId" FROM ${Prisma.raw(table)}
    WHERE organization_id = ${organizationId}::uuid AND id = ${id}::uuid AND lifecycle IN ('live', 'updating')
    FOR ${Prisma.raw(strength)}`;
  return row;
}
