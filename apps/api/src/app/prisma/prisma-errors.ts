import { Prisma } from '../../generated/prisma/client';

const hasCode = (error: unknown, code: string): boolean =>
  error instanceof Prisma.PrismaClientKnownRequestError && error.code === code;

/** A unique index refused the row. */
export const isUniqueViolation = (error: unknown): boolean => hasCode(error, 'P2002');

/** A foreign key refused the row, or its deletion. */
export const isForeignKeyViolation = (error: unknown): boolean => hasCode(error, 'P2003');

/** The row to change is not there, or not as the condition wants it. */
export const isMissingRow = (error: unknown): boolean => hasCode(error, 'P2025');
