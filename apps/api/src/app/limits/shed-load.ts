import { getHeapStatistics } from 'node:v8';
import underPressure from '@fastify/under-pressure';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Pool } from 'pg';
import { tooMuch } from '../common/app-error';
import { sendProblem } from '../common/problem.filter';
import type { MetricsService } from '../metrics/metrics.service';

/** Mean delay of the event loop at which a process has more to do than it can, in milliseconds. */
const SLOWEST_LOOP_MS = 2_000;

/** For so long after a start the loop's delay is that of the start, and no sign of load. In milliseconds. */
const START_MS = 5_000;

/** Part of the heap's limit that may be in use; beyond it the collector is busy with nothing else, and then the process ends. */
const FULLEST_HEAP = 0.9;

/** Requests that may wait for each connection to the database: about what it serves in a second. */
const MOST_WAITING_PER_CONNECTION = 50;

const REASONS: Record<string, string> = {
  [underPressure.TYPE_EVENT_LOOP_DELAY]: 'event_loop',
  [underPressure.TYPE_HEAP_USED_BYTES]: 'memory',
};

/**
 * Refuses requests with 503 and Retry-After while the process has too much to do already: those at work then get to their end, instead of
 * all of them failing late. Health is told all the same, so that nobody restarts a process because it is busy.
 */
export async function shedLoad(fastify: FastifyInstance, metrics: MetricsService, pool: Pool): Promise<void> {
  const refuse = (request: FastifyRequest, reply: FastifyReply, reason: string): void => {
    if (request.url.startsWith('/api/health/')) return;
    metrics.refusedForLoad(reason);
    sendProblem(reply, tooMuch(), request.id);
  };
  let startedUntil = Infinity;
  fastify.addHook('onListen', async () => {
    startedUntil = Date.now() + START_MS;
  });
  await fastify.register(underPressure, {
    maxEventLoopDelay: SLOWEST_LOOP_MS,
    maxHeapUsedBytes: getHeapStatistics().heap_size_limit * FULLEST_HEAP,
    pressureHandler: (request, reply, type) => {
      if (type === underPressure.TYPE_EVENT_LOOP_DELAY && Date.now() < startedUntil) return;
      refuse(request, reply, REASONS[type] ?? type);
    },
  });
  const most = MOST_WAITING_PER_CONNECTION * (pool.options.max ?? 1);
  fastify.addHook('onRequest', async (request, reply) => {
    if (pool.waitingCount > most) refuse(request, reply, 'database');
  });
}
