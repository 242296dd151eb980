import { Logger } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import { exportTraces } from './export-traces';
import { traceRequests } from './trace-requests';
import type { TracesConfig } from './traces-config';
import { traceWith } from './tracing';

/** From now on, requests, jobs and what they do are told to the collector. Loaded only when that is wanted. */
export function startTracing(fastify: FastifyInstance, config: TracesConfig): void {
  const logger = new Logger('Tracing');
  const warn = (reason: string): void => logger.warn({ reason }, 'Traces could not be sent to the collector');
  const { tracer, stop } = exportTraces(config, warn);
  traceWith(tracer);
  traceRequests(fastify);
  // Comes when the jobs have ended and the last request has been answered.
  fastify.addHook('onClose', () => stop().catch(() => warn('at the stop')));
}
