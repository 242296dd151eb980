import { Inject, Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import { SpanKind } from '@opentelemetry/api';
import { fromPrisma, PgBoss } from 'pg-boss';
import { MetricsService } from '../metrics/metrics.service';
import type { Database } from '../prisma/database';
import { DATABASE } from '../prisma/prisma.service';
import { asOwner } from '../prisma/scope';
import type { Transaction } from '../prisma/transaction';
import { traced } from '../tracing/tracing';

/** A kind of job: its queue, and how a failed one is repeated. */
export interface JobKind<Data extends object> {
  name: string;
  /** Only one job with the same key waits or runs at a time. */
  keyOf?: (data: Data) => string;
}

interface WorkOptions {
  /** Cron expression (UTC) at which a job without data is added as well. */
  schedule?: string;
  /** Jobs taken at a time by one process, and worked on side by side; default 1. One that fails repeats them all. */
  batchSize?: number;
}

/** A process that has given no sign of a job for so long has died over it. */
const HEARTBEAT_SECONDS = 30;

/** How long a stopping process waits for its running jobs, in milliseconds. */
const STOP_TIMEOUT_MS = 20_000;

/** Jobs in PostgreSQL, over connections of the owner: each runs once, whichever replica takes it. */
@Injectable()
export class JobsService implements BeforeApplicationShutdown {
  private readonly logger = new Logger('Jobs');
  private readonly boss: PgBoss;
  private started: Promise<unknown> | undefined;

  constructor(
    @Inject(DATABASE) { ownerPool }: Database,
    private readonly metrics: MetricsService,
  ) {
    this.boss = new PgBoss({
      db: { executeSql: async (text, values) => ownerPool.query(text, values as unknown[]) },
      schema: 'jobs',
      cronWorkerIntervalSeconds: 5,
    });
    this.boss.on('error', (error) => this.logger.error({ err: error }, 'The job engine reports a failure'));
  }

  /** Runs `handler` for every job of this kind, on this process and its replicas. */
  async work<Data extends object>(
    kind: JobKind<Data>,
    handler: (data: Data) => Promise<void>,
    { schedule, batchSize = 1 }: WorkOptions = {},
  ): Promise<void> {
    await this.start();
    await this.boss.createQueue(kind.name, {
      policy: kind.keyOf === undefined ? 'standard' : 'short',
      retryLimit: 3,
      retryDelay: 2,
      retryBackoff: true,
      // What a process had taken when it died is taken by another soon, and not after a quarter of an hour.
      heartbeatSeconds: HEARTBEAT_SECONDS,
      deleteAfterSeconds: 3_600,
    });
    await this.boss.work<Data>(kind.name, { pollingIntervalSeconds: 1, batchSize }, async (jobs) => {
      const step = { name: kind.name, kind: SpanKind.CONSUMER, facts: { 'voxreach.job.kind': kind.name } };
      await Promise.all(jobs.map((job) => traced(step, () => this.run(kind.name, () => handler(job.data)))));
    });
    if (schedule !== undefined) await this.boss.schedule(kind.name, schedule);
  }

  /** Adds a job; within `tx` it exists exactly when the transaction is committed. */
  async add<Data extends object>(
    kind: JobKind<Data>,
    data: Data,
    { tx, afterSeconds }: { tx?: Transaction | undefined; afterSeconds?: number | undefined } = {},
  ): Promise<void> {
    const options = {
      ...(kind.keyOf === undefined ? {} : { singletonKey: kind.keyOf(data) }),
      ...(afterSeconds === undefined ? {} : { startAfter: afterSeconds }),
    };
    if (tx === undefined) await this.boss.send(kind.name, data, options);
    // The engine's tables are the owner's alone.
    else await asOwner(tx, () => this.boss.send(kind.name, data, { ...options, db: fromPrisma(tx) }));
  }

  /** Lets running jobs end, before the database is closed. */
  async beforeApplicationShutdown(): Promise<void> {
    if (this.started !== undefined) await this.boss.stop({ graceful: true, timeout: STOP_TIMEOUT_MS });
  }

  private async run(kind: string, work: () => Promise<void>): Promise<void> {
    const begun = performance.now();
    let outcome: 'done' | 'failed' = 'failed';
    try {
      await work();
      outcome = 'done';
    } finally {
      this.metrics.job(kind, outcome, (performance.now() - begun) / 1_000);
    }
  }

  private start(): Promise<unknown> {
    this.started ??= this.boss.start();
    return this.started;
  }
}
