import type { PhoneNumberStatus } from '@voxreach/contracts';
import type { Lifecycle, Prisma } from '../../generated/prisma/client';
import { AppError, busy, notFound } from '../common/app-error';

/** A number that this transaction may change, as it stands. */
export interface LockedPhoneNumber {
  id: string;
  provider: string;
  version: number;
  vapiPhoneNumberId: string | null;
  lifecycle: Lifecycle;
  status: PhoneNumberStatus;
}

/** The ETag of a version. */
export const etagOf = (version: number): string => `"${version}"`;

/**
 * Locks a number until the transaction ends, for a change that begins with it.
 * @throws AppError NOT_FOUND, CONFLICT while another change runs, PRECONDITION_FAILED when `ifMatch` is of an older version
 */
export async function lockPhoneNumber(
  tx: Prisma.TransactionClient,
  organizationId: string,
  id: string,
  ifMatch: string | undefined,
): Promise<LockedPhoneNumber> {
  const [row] = await tx.$queryRaw<LockedPhoneNumber[]>`
    SELECT id, provider, version, vapi_phone_number_id AS "vapiPhoneNumberId", lifecycle::text AS lifecycle, status::text AS status
    FROM phone_numbers WHERE organization_id = ${organizationId}::uuid AND id = ${id}::uuid FOR UPDATE`;
  if (row === undefined || (row.lifecycle === 'creating' && row.status !== 'needs_attention')) {
    throw notFound('phone number');
  }
  if (ifMatch !== undefined && !matches(ifMatch, row.version)) {
    throw new AppError(
      'PRECONDITION_FAILED',
      'This number has been changed since you loaded it. Load it again and repeat your change.',
    );
  }
  // What recovery has failed on for a while, a person may take over.
  if (row.lifecycle !== 'live' && row.status !== 'needs_attention') throw busy('number');
  return row;
}

/** A list of tags, or `*` for whatever is there. */
const matches = (ifMatch: string, version: number): boolean =>
  ifMatch.split(',').some((tag) => tag.trim() === '*' || tag.trim() === etagOf(version));
