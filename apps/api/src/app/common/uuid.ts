import { randomUUID } from 'node:crypto';

/** Our ids. */
export const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Milliseconds, and a count of 12 bits behind them. */
let last = 0n;

/** A new id (version 7, RFC 9562), as Prisma makes them: each later than those that this process has made before, so that indexes grow at their end. */
export function newId(): string {
  const now = BigInt(Date.now()) << 12n;
  last = now > last ? now : last + 1n;
  const time = last.toString(16).padStart(15, '0');
  return `${time.slice(0, 8)}-${time.slice(8, 12)}-7${time.slice(12)}-${randomUUID().slice(19)}`;
}
