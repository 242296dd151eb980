import type { Pool, PoolClient } from 'pg';

/** The roles that the application takes for its work. */
export const DATABASE_ROLES = ['tenant', 'identity', 'jobs'] as const;

export type DatabaseRole = (typeof DATABASE_ROLES)[number];

/** As which role, and for which organisation, statements run. */
export interface Standing {
  role: DatabaseRole;
  organizationId?: string | undefined;
}

/** Runs `work` as the application's statements run, in a transaction that is taken back afterwards. */
export async function standingAs<T>(
  db: Pool,
  { role, organizationId }: Standing,
  work: (client: PoolClient) => Promise<T>,
): Promise<T> {
  const client = await db.connect();
  try {
    await client.query(`BEGIN; SET LOCAL ROLE voxreach_${role}`);
    if (organizationId !== undefined)
      await client.query(`SET LOCAL voxreach.organization_id = '${organizationId}'`);
    return await work(client);
  } finally {
    await client.query('ROLLBACK');
    client.release();
  }
}
