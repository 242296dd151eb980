import type { Pool } from 'pg';

/** Stands for an operation that was interrupted, and for recovery having failed on it for long. */
export async function letNeedAttention(
  db: Pool,
  table: 'agents' | 'credentials',
  id: string,
  lifecycle: 'creating' | 'updating' | 'removing',
): Promise<void> {
  await db.query(
    `UPDATE ${table} SET lifecycle = $2, attempts = 5, lease_until = now() + interval '15 minutes',
      attention = 'It was interrupted. Try again, or remove it.' WHERE id = $1`,
    [id, lifecycle],
  );
}
