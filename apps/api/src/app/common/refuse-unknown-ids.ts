import type { FastifyRequest } from 'fastify';
import { AppError } from './app-error';
import { UUID } from './uuid';

/**
 * An id that is no UUID names nothing, so its address does not exist, whoever asks and with whatever method: 404 even
 * before a session is looked for. `/api/phone-numbers/vapi` is such an address.
 */
export async function refuseUnknownIds({ params }: FastifyRequest): Promise<void> {
  const { id } = params as { id?: string };
  if (id !== undefined && !UUID.test(id))
    throw new AppError('NOT_FOUND', 'There is nothing at this address.');
}
