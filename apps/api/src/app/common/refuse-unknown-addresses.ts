import type { FastifyRequest } from 'fastify';
import { AppError } from './app-error';
import { UUID } from './uuid';

export const nothingHere = (): AppError => new AppError('NOT_FOUND', 'There is nothing at this address.');

/**
 * What is no address of ours is 404 for everybody and every method, before a session is looked for or a body is read. An id that is no UUID
 * names nothing, so its address does not exist either: `/api/phone-numbers/vapi` is such an address.
 */
export async function refuseUnknownAddresses({ params, is404, url }: FastifyRequest): Promise<void> {
  const { id } = params as { id?: string };
  const isUnknown = is404 && (url === '/api' || url.startsWith('/api/'));
  if (isUnknown || (id !== undefined && !UUID.test(id))) throw nothingHere();
}
