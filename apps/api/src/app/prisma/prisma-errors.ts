import pg from 'pg';
import { Prisma } from '../../generated/prisma/client';

/** A unique index refused the row: as Prisma says it, or the driver. */
export const isUniqueViolation = (error: unknown): boolean =>
  error instanceof pg.DatabaseError
    ? error.code === '23505'
    : error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002';

/** No connection was free in time: too much is asked at once, and the statement has not begun. */
export const isOverloaded = (error: unknown): boolean =>
  error instanceof Error &&
  /timeout exceeded when trying to connect|Unable to start a transaction in the given time/.test(
    error.message,
  );
