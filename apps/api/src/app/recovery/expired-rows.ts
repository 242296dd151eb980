import { Prisma } from '../../generated/prisma/client';

/** The tables whose rows have a counterpart at Vapi. */
export type RecoverableTable = 'agents' | 'credentials' | 'phone_numbers';

/** A row on which nobody works any more. */
export interface ExpiredRow {
  id: string;
  organizationId: string;
  lifecycle: 'creating' | 'updating' | 'removing';
  attempts: number;
}

/** Rows taken at a time. */
const BATCH = 20;

/**
 * Takes rows whose lease has run out, for `leaseMs` milliseconds. Rows that another replica is taking at this moment are passed
 * over; a lease in the row holds longer than any session's lock would.
 */
export function takeExpiredRows(
  prisma: { $queryRaw<T>(statement: Prisma.Sql): Promise<T> },
  table: RecoverableTable,
  leaseMs: number,
): Promise<ExpiredRow[]> {
  const name = Prisma.raw(table);
  return prisma.$queryRaw<ExpiredRow[]>(Prisma.sql`
    UPDATE ${name} SET lease_until = now() + ${leaseMs}::int * interval '1 millisecond', attempts = attempts + 1
    WHERE id IN (
      SELECT id FROM ${name} WHERE lease_until < now() AND lifecycle <> 'live'
      ORDER BY lease_until LIMIT ${BATCH} FOR UPDATE SKIP LOCKED
    )
    RETURNING id, organization_id AS "organizationId", lifecycle::text AS lifecycle, attempts`);
}
