import type { FastifyRequest } from 'fastify';
import { AppError } from './app-error';
import { UUID } from './uuid';

export const nothingHere = (): AppError => new AppError('NOT_FOUND', 'There is nothing at this address.');

/**
 * What is no address of ours is 404 for everybody and every method, before a session is looked for or a body is read. An id that is no UUID
 * names nothing, so its address does not exist either: `/api/phone-numbers/vapi` is such an address. Nor does one that the router understands
 * but that is written otherwise (`/%61pi/...`, or with a host in front): what looks at addresses, such as the log, goes by how they begin.
 */
export async function refuseUnknownAddresses({
  params,
  is404,
  url,
  routeOptions,
}: FastifyRequest): Promise<void> {
  const { id } = params as { id?: string };
  const isOurs = url.startsWith('/api/');
  const isUnknown = is404 && (url === '/api' || isOurs);
  const isDisguised = !isOurs && routeOptions.url?.startsWith('/api/') === true;
  if (isUnknown || isDisguised || (id !== undefined && !UUID.test(id))) throw nothingHere();
}
