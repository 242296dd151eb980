import { Prisma } from '../../generated/prisma/client';

/** A row on which nothing is left to do. */
export const SETTLED = {
  lifecycle: 'live',
  leaseUntil: null,
  attempts: 0,
  startedBy: Prisma.DbNull,
} as const;

/** The same, for statements that are written by hand. */
export const TO_SETTLED = Prisma.sql`lifecycle = 'live', lease_until = NULL, attempts = 0, started_by = NULL`;
