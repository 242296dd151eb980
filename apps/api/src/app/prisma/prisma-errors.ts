import { Prisma } from '../../generated/prisma/client';

/** A unique index refused the row. */
export const isUniqueViolation = (error: unknown): boolean =>
  error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002';
