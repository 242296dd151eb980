import { AppConfig } from '../config/app-config';

/** How much longer a lease lasts than the calls to Vapi that it covers, in milliseconds. */
const MARGIN_MS = 2_000;

/**
 * How long one request may work on a row before recovery takes it over, in milliseconds: two writes (credential and number) and
 * the reads and deletes that resolve an unknown outcome, each with its two repetitions.
 */
export const leaseMs = ({ vapi }: AppConfig): number =>
  2 * vapi.writeTimeoutMs + 6 * vapi.readTimeoutMs + MARGIN_MS;

export const leaseUntil = (config: AppConfig): Date => new Date(Date.now() + leaseMs(config));
