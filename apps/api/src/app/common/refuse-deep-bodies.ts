import type { FastifyRequest } from 'fastify';
import { AppError } from './app-error';

/** More than any body of ours has; what walks through a body calls itself once a level. */
const MAX_LEVELS = 32;

/** A body that is nested without end would exhaust the stack of whatever checks it. */
export async function refuseDeepBodies({ body, url }: FastifyRequest): Promise<void> {
  if (url.startsWith('/api/webhooks/') || !isDeeperThan(MAX_LEVELS, body)) return;
  throw new AppError('VALIDATION_FAILED', `Send a body with ${MAX_LEVELS} levels at most.`);
}

const isDeeperThan = (levels: number, value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (levels === 0 || Object.values(value).some((inner) => isDeeperThan(levels - 1, inner)));
