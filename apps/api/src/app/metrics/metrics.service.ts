import { Inject, Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Pool } from 'pg';
import { Lifecycle } from '../../generated/prisma/client';
import { ATTEMPTS_BEFORE_ATTENTION } from '../prisma/claim';
import type { Database } from '../prisma/database';
import { DATABASE, PrismaService } from '../prisma/prisma.service';
import { asJobs } from '../prisma/scope';

/** Bounds in seconds, from a read off an index to a carrier that takes its time. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

export type ImportResult = 'imported' | 'refused' | 'unavailable' | 'failed';

/**
 * What an operator watches, in the units of Prometheus: seconds and counts since the start. Labels are routes, operations and outcomes, which
 * are few; never an organisation, a number or an id.
 */
@Injectable()
export class MetricsService {
  readonly registry = new Registry();

  private readonly requests = new Histogram({
    name: 'voxreach_http_request_duration_seconds',
    help: 'Requests to the API, from their arrival to the end of the answer.',
    labelNames: ['method', 'route', 'status'],
    buckets: BUCKETS,
    registers: [this.registry],
  });
  private readonly vapiRequests = new Histogram({
    name: 'voxreach_vapi_request_duration_seconds',
    help: 'Requests to Vapi, each try by itself; outcome is ok or the kind of failure.',
    labelNames: ['operation', 'outcome'],
    buckets: BUCKETS,
    registers: [this.registry],
  });
  private readonly importsByResult = new Counter({
    name: 'voxreach_imports_total',
    help: 'Imports of numbers, by provider and result.',
    labelNames: ['provider', 'result'],
    registers: [this.registry],
  });
  private readonly settlements = new Counter({
    name: 'voxreach_recovery_settlements_total',
    help: 'Interrupted operations that recovery took up, by table and outcome.',
    labelNames: ['table', 'outcome'],
    registers: [this.registry],
  });
  private readonly jobs = new Histogram({
    name: 'voxreach_job_duration_seconds',
    help: 'Jobs that this process ran, by kind and outcome.',
    labelNames: ['kind', 'outcome'],
    buckets: BUCKETS,
    registers: [this.registry],
  });
  private readonly shed = new Counter({
    name: 'voxreach_requests_shed_total',
    help: 'Requests answered with 503 at once, by what had run short.',
    labelNames: ['reason'],
    registers: [this.registry],
  });

  constructor(@Inject(DATABASE) { pool, ownerPool }: Database, prisma: PrismaService) {
    this.watchPools({ application: pool, jobs: ownerPool });
    this.watchAttention(prisma);
  }

  /** What the process itself uses: memory, CPU, delay of the event loop. Costs a timer, so it begins with whoever reads. */
  watchProcess(): void {
    collectDefaultMetrics({ register: this.registry });
  }

  request(method: string, route: string, status: number, seconds: number): void {
    this.requests.observe({ method, route, status }, seconds);
  }

  vapiRequest(operation: string, outcome: string, seconds: number): void {
    this.vapiRequests.observe({ operation, outcome }, seconds);
  }

  import(provider: string, result: ImportResult): void {
    this.importsByResult.inc({ provider, result });
  }

  settlement(table: string, outcome: 'settled' | 'put_off'): void {
    this.settlements.inc({ table, outcome });
  }

  job(kind: string, outcome: 'done' | 'failed', seconds: number): void {
    this.jobs.observe({ kind, outcome }, seconds);
  }

  refusedForLoad(reason: string): void {
    this.shed.inc({ reason });
  }

  private watchPools(pools: Record<string, Pool>): void {
    new Gauge({
      name: 'voxreach_database_connections',
      help: 'Connections to the database, and requests that wait for one.',
      labelNames: ['pool', 'state'],
      registers: [this.registry],
      collect() {
        for (const [pool, { totalCount, idleCount, waitingCount }] of Object.entries(pools)) {
          this.set({ pool, state: 'busy' }, totalCount - idleCount);
          this.set({ pool, state: 'idle' }, idleCount);
          this.set({ pool, state: 'waiting' }, waitingCount);
        }
      },
    });
  }

  /** Counted when somebody looks; a database that does not answer must not take the other figures with it. */
  private watchAttention(prisma: PrismaService): void {
    new Gauge({
      name: 'voxreach_needs_attention',
      help: 'Numbers, agents and credentials that recovery could not settle and a person has to look at.',
      labelNames: ['table'],
      registers: [this.registry],
      async collect() {
        this.reset();
        // Jobs may not read what somebody is told, but how often it was tried.
        const where = { lifecycle: { not: Lifecycle.live }, attempts: { gte: ATTEMPTS_BEFORE_ATTENTION } };
        const count = async (table: string, counting: () => Promise<number>) => {
          const found = await asJobs(counting).catch(() => undefined);
          if (found !== undefined) this.set({ table }, found);
        };
        await Promise.all([
          count('phone_numbers', () => prisma.phoneNumber.count({ where })),
          count('credentials', () => prisma.credential.count({ where })),
          count('agents', () => prisma.agent.count({ where })),
        ]);
      },
    });
  }
}
