import { AppConfig } from '../config/app-config';

/** The waits between the three tries of a read or delete, at most, with a margin; in milliseconds. */
const WAITS_AND_MARGIN_MS = 8_000;

/**
 * How long one request may work on a row before recovery takes it over, in milliseconds: one write at Vapi, and the look (three tries) that
 * follows when its outcome is unknown. The lease is renewed before each of them.
 */
export const leaseMs = ({ vapi }: AppConfig): number =>
  vapi.writeTimeoutMs + 3 * vapi.readTimeoutMs + WAITS_AND_MARGIN_MS;

export const leaseUntil = (config: AppConfig): Date => new Date(Date.now() + leaseMs(config));
