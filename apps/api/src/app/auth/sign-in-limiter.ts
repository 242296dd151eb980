import { Injectable } from '@nestjs/common';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { AppError } from '../common/app-error';

/** Failed sign-ins that an account may have in the window. */
const FAILURES = 10;
const WINDOW_SECONDS = 15 * 60;

/** Slows down guessing: after ten failures an account waits, whoever asks and whether it exists or not. */
@Injectable()
export class SignInLimiter {
  private readonly failures = new RateLimiterMemory({ points: FAILURES, duration: WINDOW_SECONDS });

  /**
   * Counts a try before it is made, so that many at once cannot slip through.
   * @throws AppError RATE_LIMITED
   */
  async begin(email: string): Promise<void> {
    try {
      await this.failures.consume(email);
    } catch (state) {
      const waitMs = state instanceof RateLimiterRes ? state.msBeforeNext : 1_000;
      throw new AppError(
        'RATE_LIMITED',
        'Too many failed sign-ins for this account. Wait some minutes and try again.',
        {
          retryAfterSeconds: Math.max(1, waitMs / 1_000),
        },
      );
    }
  }

  /** The try was no failure, and the ones before it are forgiven. */
  async succeeded(email: string): Promise<void> {
    await this.failures.delete(email);
  }
}
