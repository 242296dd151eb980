import { createHash } from 'node:crypto';
import type { Api } from './api';
import type { Reply } from './client';

/** The refresh token that an answer brings, as a browser sends it back. */
export function cookieOf(reply: Reply): string {
  const [pair] = (reply.headers.getSetCookie()[0] ?? '').split('; ');
  if (pair === undefined || pair === '') throw new Error('The answer brings no cookie');
  return pair;
}

/** The token alone. */
export const tokenIn = (cookie: string): string => cookie.split('=')[1] ?? '';

/** As if this token had been spent longer ago than a lost answer explains. */
export async function spentLongAgo({ db }: Pick<Api, 'db'>, cookie: string): Promise<void> {
  await db.query(
    `UPDATE refresh_tokens SET spent_at = spent_at - interval '10 seconds' WHERE token_hash = $1`,
    [createHash('sha256').update(tokenIn(cookie)).digest()],
  );
}
