import { AppConfig } from '../config/app-config';

/** The waits between the three tries of a read or delete, at most, with a margin; in milliseconds. */
const WAITS_AND_MARGIN_MS = 8_000;

/** For how long a lease counts as just written, in milliseconds. */
const FRESH_MS = 1_000;

/**
 * How long one request may work on a row before recovery takes it over, in milliseconds: one write at Vapi, and the look (three tries) that
 * follows when its outcome is unknown. The lease is renewed before each of them, unless it is fresh.
 */
export const leaseMs = ({ vapi }: AppConfig): number =>
  FRESH_MS + vapi.writeTimeoutMs + 3 * vapi.readTimeoutMs + WAITS_AND_MARGIN_MS;

export const leaseUntil = (config: AppConfig): Date => new Date(Date.now() + leaseMs(config));

/** True for a lease that was written a moment ago: it still covers a whole request. Not when the clock has been set back since. */
export function isFresh({ leaseUntil }: { leaseUntil: Date }, config: AppConfig): boolean {
  const left = leaseUntil.getTime() - Date.now();
  return left <= leaseMs(config) && left > leaseMs(config) - FRESH_MS;
}
