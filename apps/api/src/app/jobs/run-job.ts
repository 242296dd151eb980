import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { PgBoss } from 'pg-boss';
import type { JobKind } from './jobs.service';

/** How often it is asked whether a job has ended, in milliseconds. */
const PAUSE_MS = 250;

/**
 * Has a running server do one job, from a process that does none itself, and waits for its end.
 * `running` when that takes longer than `withinMs` milliseconds.
 */
export async function runJob<Data extends object>(
  ownerPool: Pool,
  kind: JobKind<Data>,
  data: Data,
  withinMs: number,
): Promise<'completed' | 'failed' | 'running'> {
  const boss = new PgBoss({
    db: { executeSql: async (text, values) => ownerPool.query(text, values as unknown[]) },
    schema: 'jobs',
    // The upkeep of the queues is the servers' business.
    supervise: false,
    schedule: false,
    migrate: false,
  });
  await boss.start();
  try {
    // With a key of its own it begins after this moment, also when one waits or runs already.
    const id = await boss.send(kind.name, data, { singletonKey: crypto.randomUUID() });
    if (id === null) throw new Error(`The job ${kind.name} was not taken`);
    const deadline = Date.now() + withinMs;
    while (Date.now() < deadline) {
      const [job] = await boss.findJobs(kind.name, { id });
      if (job?.state === 'completed') return 'completed';
      if (job === undefined || job.state === 'failed' || job.state === 'cancelled') return 'failed';
      await sleep(PAUSE_MS);
    }
    return 'running';
  } finally {
    await boss.stop({ graceful: false });
  }
}
