import { randomBytes } from 'node:crypto';

/** A text that nobody else uses. */
export const unique = (prefix: string): string => `${prefix}-${randomBytes(8).toString('hex')}`;
