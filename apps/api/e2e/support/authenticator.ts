import type { RecoveryCodesResponse, SecondFactorSetupResponse } from '@voxreach/contracts';
import { Secret, TOTP } from 'otpauth';
import type { Pool } from 'pg';
import { bodyOf, type Organization } from './api';
import { eventually } from './eventually';

const PERIOD_MS = 30_000;

/** An authenticator app. */
export class Authenticator {
  private readonly totp: TOTP;

  constructor(readonly secret: string) {
    this.totp = new TOTP({ secret: Secret.fromBase32(secret), period: PERIOD_MS / 1_000 });
  }

  /** The code of now, or of so many steps later, with seconds left until the step ends. */
  async code(steps = 0): Promise<string> {
    await eventually(() => {
      if (PERIOD_MS - (Date.now() % PERIOD_MS) < 3_000) throw new Error('The step is about to end');
    });
    return this.totp.generate({ timestamp: Date.now() + steps * PERIOD_MS });
  }
}

/** Sets up a second factor. */
export async function enroll(
  person: Organization,
): Promise<{ app: Authenticator; recoveryCodes: string[]; setup: SecondFactorSetupResponse }> {
  const setup = bodyOf(await person.post<SecondFactorSetupResponse>('/api/auth/second-factor'));
  const app = new Authenticator(setup.secret);
  const confirmed = await person.post<RecoveryCodesResponse>('/api/auth/second-factor/confirm', {
    code: await app.code(),
  });
  return { app, setup, ...bodyOf(confirmed) };
}

/** Stands for the half minute after which an app shows a code that was not used yet. */
export async function letCodesBeFresh(db: Pool, person: Organization): Promise<void> {
  await db.query('UPDATE users SET totp_last_step = NULL WHERE id = $1', [person.session.user.id]);
}

/** Stands for the quarter of an hour after which people are asked who they are. */
export async function letProofBeOld(db: Pool, person: Organization): Promise<void> {
  await db.query(`UPDATE sessions SET authenticated_at = now() - interval '15 minutes' WHERE user_id = $1`, [
    person.session.user.id,
  ]);
}
