import type { Transaction } from './transaction';

/**
 * Lets the changes of one organisation that count or replace something run one after the other, until the transaction ends. Rows that refer to
 * the organisation can still be added meanwhile.
 */
export async function lockOrganization(tx: Transaction, organizationId: string): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM organizations WHERE id = ${organizationId}::uuid FOR NO KEY UPDATE`;
}
