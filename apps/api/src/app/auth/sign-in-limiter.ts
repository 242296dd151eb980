import { Injectable } from '@nestjs/common';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { AppError } from '../common/app-error';

/** Failed sign-ins that an account may have in the window. */
const FAILURES = 10;
const WINDOW_SECONDS = 15 * 60;

/** Slows down guessing: after ten failures an account waits, whoever asks and whether it exists or not. */
@Injectable()
export class SignInLimiter {
  private readonly failures = new RateLimiterMemory({ points: FAILURES, duration: WINDOW_SECONDS });

  /** @throws AppError RATE_LIMITED */
  async check(email: string): Promise<void> {
    const state = await this.failures.get(email);
    if (state === null || state.consumedPoints < FAILURES) return;
    throw new AppError(
      'RATE_LIMITED',
      'Too many failed sign-ins for this account. Wait some minutes and try again.',
      {
        retryAfterSeconds: Math.max(1, state.msBeforeNext / 1_000),
      },
    );
  }

  async failed(email: string): Promise<void> {
    await this.failures.penalty(email);
  }

  async succeeded(email: string): Promise<void> {
    await this.failures.delete(email);
  }
}
