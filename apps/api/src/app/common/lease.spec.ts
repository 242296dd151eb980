import 'reflect-metadata';
import { readEnvironment } from '../config/environment';
import { createAppConfig } from '../config/app-config';
import { leaseMs, leaseUntil } from './lease';

const configOf = (read: number, write: number) =>
  createAppConfig(
    readEnvironment({
      JWT_SECRET: 'j'.repeat(32),
      VAPI_WEBHOOK_SECRET: 'w'.repeat(16),
      VAPI_READ_TIMEOUT_MS: String(read),
      VAPI_WRITE_TIMEOUT_MS: String(write),
    }),
    { apiKey: 'key', baseUrl: 'https://api.vapi.ai' },
  );

describe('a lease', () => {
  it.each([
    [1_000, 5_000],
    [10_000, 30_000],
    [1, 1],
  ])('outlasts the calls to Vapi that it covers (reads %d, writes %d milliseconds)', (read, write) => {
    // One create, then a look-up with two repetitions: it is renewed before each request.
    expect(leaseMs(configOf(read, write))).toBeGreaterThan(write + 3 * read);
  });

  it('lasts from now on', () => {
    const config = configOf(1_000, 5_000);
    const before = Date.now();
    const until = leaseUntil(config).getTime();
    expect(until).toBeGreaterThanOrEqual(before + leaseMs(config));
    expect(until).toBeLessThanOrEqual(Date.now() + leaseMs(config));
  });
});
