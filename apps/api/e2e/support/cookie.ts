import type { Reply } from './client';

/** The refresh token that an answer brings, as a browser sends it back. */
export function cookieOf(reply: Reply): string {
  const [pair] = (reply.headers.getSetCookie()[0] ?? '').split('; ');
  if (pair === undefined || pair === '') throw new Error('The answer brings no cookie');
  return pair;
}

/** The token alone. */
export const tokenIn = (cookie: string): string => cookie.split('=')[1] ?? '';
