import { PgBoss } from 'pg-boss';
import type { Pool } from 'pg';
import { eventually } from '../../e2e/support/eventually';

const LEASED = ['agents', 'credentials', 'phone_numbers', 'webhook_credentials'] as const;
const WITH_LIFECYCLE = ['agents', 'credentials', 'phone_numbers'] as const;

/** Stands for the time that passes until leases have run out. */
export async function letLeasesRunOut(db: Pool): Promise<void> {
  await setLeases(db, "'epoch'");
}

/** Stands for leases that are still far from their end, so that what is left stays as it is for now. */
export async function holdLeases(db: Pool): Promise<void> {
  await setLeases(db, "now() + interval '1 hour'");
}

async function setLeases(db: Pool, until: string): Promise<void> {
  for (const table of LEASED)
    await db.query(`UPDATE ${table} SET lease_until = ${until} WHERE lease_until IS NOT NULL`);
  await db.query(`UPDATE idempotency_keys SET lease_until = ${until} WHERE status IS NULL`);
}

/** Adds the job that cron adds each minute. */
export async function triggerRecovery(db: Pool): Promise<void> {
  const boss = new PgBoss({
    db: { executeSql: (text, values) => db.query(text, values as unknown[]) },
    schema: 'jobs',
    migrate: false,
    supervise: false,
    schedule: false,
  });
  await boss.start();
  await boss.send('recover', {}, { singletonKey: 'recover' });
  await boss.stop({ graceful: false });
}

/** Rows that are not settled. */
export async function unsettled(db: Pool): Promise<string[]> {
  const found = await Promise.all(
    WITH_LIFECYCLE.map(async (table) => {
      const { rows } = await db.query<{ row: string }>(
        `SELECT '${table} ' || lifecycle::text || ' ' || id::text AS row FROM ${table} WHERE lifecycle <> 'live'`,
      );
      return rows.map(({ row }) => row);
    }),
  );
  return found.flat();
}

/** How long one run of recovery may take before the next minute comes, in milliseconds. */
const MINUTE_MS = 4_000;

/**
 * Lets the leases run out and recovery run until nothing is left to settle, as minutes pass by. Gives up after a few "minutes";
 * what is then left is for the tests to find.
 */
export async function recover(db: Pool, minutes = 6): Promise<void> {
  for (let minute = 0; minute < minutes; minute++) {
    await letLeasesRunOut(db);
    await triggerRecovery(db);
    const isSettled = await eventually(async () => {
      const left = await unsettled(db);
      if (left.length > 0) throw new Error(`Not settled: ${left.join(', ')}`);
      return true;
    }, MINUTE_MS).catch(() => false);
    if (isSettled) return;
  }
}
