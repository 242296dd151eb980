import { jest } from '@jest/globals';
import type { AppConfig } from '../config/app-config';
import { AppError } from '../common/app-error';
import { LimitersService } from '../limits/limiters.service';
import { SharedRedis } from '../redis/redis.module';
import { SignInLimiter, waitSeconds } from './sign-in-limiter';

const MINUTE_MS = 60_000;
const EMAIL = 'ada@example.com';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

/** Counts in this process. */
const newLimiter = () =>
  new SignInLimiter(new LimitersService(new SharedRedis({ redisUrl: undefined } as AppConfig)));

/** How long a try has to wait, in seconds; 0 when it may be made. */
async function waitOf(limiter: SignInLimiter, email = EMAIL, address = '192.0.2.1'): Promise<number> {
  try {
    await limiter.begin(email, address);
    return 0;
  } catch (error) {
    if (error instanceof AppError && error.code === 'RATE_LIMITED') return error.retryAfterSeconds ?? NaN;
    throw error;
  }
}

async function fail(limiter: SignInLimiter, times: number): Promise<void> {
  for (let time = 0; time < times; time++) expect(await waitOf(limiter)).toBe(0);
}

const pass = (ms: number) => jest.advanceTimersByTimeAsync(ms);

describe('the wait after too many failures', () => {
  it.each([
    [1, 15],
    [2, 30],
    [3, 60],
    [4, 120],
    [7, 960],
    [8, 1_440],
    [100, 1_440],
    [5_000, 1_440],
  ])('is, the %d. time, %d minutes', (times, minutes) => expect(waitSeconds(times)).toBe(minutes * 60));
});

describe('an account', () => {
  it('is shut after ten failures, for twice as long each time', async () => {
    const limiter = newLimiter();
    for (const minutes of [15, 30, 60, 120]) {
      await fail(limiter, 10);
      expect(await waitOf(limiter)).toBe(minutes * 60);
      await pass((minutes - 1) * MINUTE_MS);
      expect(await waitOf(limiter)).toBeCloseTo(60, 0);
      await pass(MINUTE_MS + 1_000);
    }
  });

  it('waits no longer for trying while it is shut', async () => {
    const limiter = newLimiter();
    await fail(limiter, 10);
    for (let time = 0; time < 50; time++) expect(await waitOf(limiter)).toBeLessThanOrEqual(15 * 60);
    await pass(15 * MINUTE_MS + 1_000);
    expect(await waitOf(limiter)).toBe(0);
  });

  it('begins anew a day later', async () => {
    const limiter = newLimiter();
    await fail(limiter, 10);
    expect(await waitOf(limiter)).toBe(15 * 60);
    await pass(24 * 60 * MINUTE_MS + 1_000);
    await fail(limiter, 10);
    expect(await waitOf(limiter)).toBe(15 * 60);
  });

  it('may have ten failures in every quarter of an hour', async () => {
    const limiter = newLimiter();
    for (let time = 0; time < 5; time++) {
      await fail(limiter, 10);
      await pass(15 * MINUTE_MS + 1_000);
    }
  });

  it('is forgiven its failures with a success', async () => {
    const limiter = newLimiter();
    for (let time = 0; time < 5; time++) {
      await fail(limiter, 9);
      expect(await waitOf(limiter)).toBe(0);
      await limiter.succeeded(EMAIL, '192.0.2.1');
    }
  });

  it('is forgiven none by a try that was neither', async () => {
    const limiter = newLimiter();
    await fail(limiter, 9);
    for (let time = 0; time < 20; time++) {
      expect(await waitOf(limiter)).toBe(0);
      await limiter.undone(EMAIL, '192.0.2.1');
    }
    await fail(limiter, 1);
    expect(await waitOf(limiter)).toBe(15 * 60);
  });

  it('is shut on its own', async () => {
    const limiter = newLimiter();
    await fail(limiter, 10);
    expect(await waitOf(limiter)).toBe(15 * 60);
    expect(await waitOf(limiter, 'eve@example.com')).toBe(0);
  });
});

describe('an address', () => {
  it('is shut after a hundred failures, for all accounts', async () => {
    const limiter = newLimiter();
    for (let time = 0; time < 100; time++) expect(await waitOf(limiter, `${time}@example.com`)).toBe(0);
    expect(await waitOf(limiter, 'another@example.com')).toBe(15 * 60);
    expect(await waitOf(limiter, 'another@example.com', '192.0.2.2')).toBe(0);
  });

  it('has only the one try back that succeeded', async () => {
    const limiter = newLimiter();
    for (let time = 0; time < 99; time++) await waitOf(limiter, `${time}@example.com`);
    expect(await waitOf(limiter)).toBe(0);
    await limiter.succeeded(EMAIL, '192.0.2.1');
    expect(await waitOf(limiter)).toBe(0);
    expect(await waitOf(limiter)).toBe(15 * 60);
  });
});
