import type { PhoneNumberStatus } from '@voxreach/contracts';
import type { Prisma } from '../../generated/prisma/client';
import { AppError, notFound } from '../common/app-error';

/** A number that this transaction may change, as it stands. */
export interface ClaimedPhoneNumber {
  id: string;
  provider: string;
  name: string;
  agentId: string | null;
  fallbackNumber: string | null;
  vapiPhoneNumberId: string | null;
  version: number;
  lifecycle: 'creating' | 'live' | 'updating' | 'removing';
  status: PhoneNumberStatus;
}

/** The ETag of a version. */
export const etagOf = (version: number): string => `"${version}"`;

/**
 * Locks a number until the transaction ends, for a change that begins with it.
 * @throws AppError NOT_FOUND, CONFLICT while another change runs, PRECONDITION_FAILED when `ifMatch` is of an older version
 */
export async function claimPhoneNumber(
  tx: Prisma.TransactionClient,
  organizationId: string,
  id: string,
  ifMatch: string | undefined,
): Promise<ClaimedPhoneNumber> {
  const [row] = await tx.$queryRaw<ClaimedPhoneNumber[]>`
    SELECT id, provider, name, agent_id AS "agentId", fallback_number AS "fallbackNumber", version,
      vapi_phone_number_id AS "vapiPhoneNumberId", lifecycle::text, status::text
    FROM phone_numbers WHERE organization_id = ${organizationId}::uuid AND id = ${id}::uuid FOR UPDATE`;
  if (row === undefined || (row.lifecycle === 'creating' && row.status !== 'needs_attention'))
    throw notFound('phone number');
  if (ifMatch !== undefined && !matches(ifMatch, row.version)) {
    throw new AppError(
      'PRECONDITION_FAILED',
      'This number has been changed since you loaded it. Load it again and repeat your change.',
    );
  }
  // What has been given up for now waits for a person, and nobody works on it.
  if (row.lifecycle !== 'live' && row.status !== 'needs_attention') {
    throw new AppError('CONFLICT', 'This number is being changed right now. Try again in a minute.', {
      retryAfterSeconds: 30,
    });
  }
  return row;
}

/** A list of tags, or `*` for whatever is there. */
const matches = (ifMatch: string, version: number): boolean =>
  ifMatch.split(',').some((tag) => tag.trim() === '*' || tag.trim() === etagOf(version));
