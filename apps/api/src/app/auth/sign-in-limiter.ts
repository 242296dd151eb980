import { Injectable } from '@nestjs/common';
import { type RateLimiterAbstract, RateLimiterRes } from 'rate-limiter-flexible';
import { AppError } from '../common/app-error';
import { LimitersService } from '../limits/limiters.service';
import { networkOf } from '../limits/network-of';

/** Failed sign-ins that an account, and an address from which they come, may have in the window. */
const FAILURES_OF_ACCOUNT = 10;
const FAILURES_OF_ADDRESS = 100;
const WINDOW_SECONDS = 15 * 60;

const DAY_SECONDS = 24 * 60 * 60;

/** How long the n-th time within a day is waited, in seconds: twice as long each time. */
export const waitSeconds = (times: number): number =>
  Math.min(WINDOW_SECONDS * 2 ** Math.max(0, times - 1), DAY_SECONDS);

/** One thing that failures are counted for. */
interface Counter {
  failures: RateLimiterAbstract;
  /** How often it was shut in the last day. */
  shut: RateLimiterAbstract;
}

/** Slows down guessing: an account, or an address, with too many failures waits, longer each time; whether the account exists or not. */
@Injectable()
export class SignInLimiter {
  private readonly account: Counter;
  private readonly address: Counter;

  constructor(limiters: LimitersService) {
    const counter = (name: string, points: number): Counter => ({
      failures: limiters.create(`sign-in-${name}`, { points, duration: WINDOW_SECONDS }),
      shut: limiters.create(`sign-in-${name}-shut`, {
        points: Number.MAX_SAFE_INTEGER,
        duration: DAY_SECONDS,
      }),
    });
    this.account = counter('account', FAILURES_OF_ACCOUNT);
    this.address = counter('address', FAILURES_OF_ADDRESS);
  }

  /**
   * Counts a try before it is made, so that many at once cannot slip through.
   * @throws AppError RATE_LIMITED
   */
  async begin(email: string, address: string): Promise<void> {
    await this.consume(this.address, networkOf(address));
    await this.consume(this.account, email);
  }

  /** The try was no failure, and the account's ones before it are forgiven; the address has only this one back. */
  async succeeded(email: string, address: string): Promise<void> {
    await Promise.all([
      this.account.failures.delete(email),
      this.address.failures.reward(networkOf(address)),
    ]);
  }

  /** Somebody who is signed in proved who they are. Where there is a second factor, the password alone does not forgive wrong codes. */
  async proven(
    { email, totpSince }: { email: string; totpSince: Date | null },
    by: 'password' | 'code',
    address: string,
  ): Promise<void> {
    await (by === 'password' && totpSince !== null
      ? this.undone(email, address)
      : this.succeeded(email, address));
  }

  /** The try was no failure and no success: it alone is taken back. */
  async undone(email: string, address: string): Promise<void> {
    await Promise.all([
      this.account.failures.reward(email),
      this.address.failures.reward(networkOf(address)),
    ]);
  }

  private async consume({ failures, shut }: Counter, key: string): Promise<void> {
    try {
      await failures.consume(key);
    } catch (state) {
      if (!(state instanceof RateLimiterRes)) throw state;
      throw tooMany(await this.shutFor({ failures, shut }, key, state));
    }
  }

  /** The first refusal shuts it; the ones after that only wait for the rest. */
  private async shutFor({ failures, shut }: Counter, key: string, state: RateLimiterRes): Promise<number> {
    if (state.consumedPoints !== failures.points + 1) return state.msBeforeNext / 1_000;
    const { consumedPoints } = await shut.consume(key);
    const seconds = waitSeconds(consumedPoints);
    await failures.block(key, seconds);
    return seconds;
  }
}

const tooMany = (seconds: number): AppError =>
  new AppError('RATE_LIMITED', 'Too many failed sign-ins. Wait some minutes and try again.', {
    retryAfterSeconds: Math.max(1, seconds),
  });
