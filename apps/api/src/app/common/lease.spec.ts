import 'reflect-metadata';
import { readEnvironment } from '../config/environment';
import { createAppConfig } from '../config/app-config';
import { isFresh, leaseMs, leaseUntil } from './lease';

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

  it('is fresh only while it still covers them, with 8 seconds for the waits between', () => {
    const config = configOf(1_000, 5_000);
    const whole = 5_000 + 3 * 1_000 + 8_000;
    const endingIn = (ms: number) => ({ leaseUntil: new Date(Date.now() + ms) });
    expect(isFresh({ leaseUntil: leaseUntil(config) }, config)).toBe(true);
    expect(isFresh(endingIn(whole + 500), config)).toBe(true);
    for (const ms of [whole, whole - 1_000, 0, -1_000])
      expect({ ms, isFresh: isFresh(endingIn(ms), config) }).toEqual({ ms, isFresh: false });
  });

  it('is not fresh when it ends later than any that begins now, as after the clock was set back', () => {
    const config = configOf(1_000, 5_000);
    const leaseUntil = new Date(Date.now() + leaseMs(config) + 60_000);
    expect(isFresh({ leaseUntil }, config)).toBe(false);
  });

  it('lasts from now on', () => {
    const config = configOf(1_000, 5_000);
    const before = Date.now();
    const until = leaseUntil(config).getTime();
    expect(until).toBeGreaterThanOrEqual(before + leaseMs(config));
    expect(until).toBeLessThanOrEqual(Date.now() + leaseMs(config));
  });
});
