import { Prisma } from '../../generated/prisma/client';

/** A row on which nothing is left to do. */
export const SETTLED = {
  lifecycle: 'live',
  leaseUntil: null,
  attempts: 0,
  startedBy: Prisma.DbNull,
} as const;
