import { createHash, randomBytes } from 'node:crypto';

/** A secret of 256 random bits, for a URL or header. */
export const randomToken = (): string => randomBytes(32).toString('base64url');

/** What is kept of a secret that has enough random bits of its own: its SHA-256. */
export const hashOfToken = (token: string): Buffer<ArrayBuffer> =>
  Buffer.from(createHash('sha256').update(token).digest());
