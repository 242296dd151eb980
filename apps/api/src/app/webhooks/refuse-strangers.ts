import { createHmac, timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { AppError } from '../common/app-error';
import type { AppConfig } from '../config/app-config';

/** Where Vapi's events come in. */
export const WEBHOOK_PATH = '/api/webhooks/vapi';

/**
 * Lets only Vapi in: the shared secret in `X-Vapi-Secret`, compared in constant time. Before the body is read, which may be large.
 * @throws AppError UNAUTHENTICATED
 */
export function refuseStrangers({ webhook, keys }: AppConfig) {
  // Digests have one length, whatever was sent.
  const digest = (text: string) => createHmac('sha256', keys.present.keyedHashes).update(text).digest();
  const expected = digest(webhook.secret);
  return async ({ headers, routeOptions }: FastifyRequest): Promise<void> => {
    if (routeOptions.url !== WEBHOOK_PATH) return;
    const given = headers['x-vapi-secret'];
    if (typeof given === 'string' && timingSafeEqual(digest(given), expected)) return;
    throw new AppError('UNAUTHENTICATED', 'The webhook secret is missing or wrong.');
  };
}
