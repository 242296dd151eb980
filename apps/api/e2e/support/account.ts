import type { RecoveryCodesResponse, SecondFactorSetupResponse } from '@voxreach/contracts';
import { TOTP } from 'otpauth';
import type { Pool } from 'pg';
import { claimsOf } from './access-token';
import { bodyOf } from './api';
import type { Client } from './client';

/** Sets up an authenticator app for whoever is signed in, and gives back the recovery codes. */
export async function setUpSecondFactor(person: Client): Promise<string[]> {
  const { secret } = bodyOf(await person.post<SecondFactorSetupResponse>('/api/auth/second-factor'));
  const code = new TOTP({ secret }).generate();
  const reply = await person.post<RecoveryCodesResponse>('/api/auth/second-factor/confirm', { code });
  return bodyOf(reply).recoveryCodes;
}

/** The person of this access token proved sixteen minutes ago who they are: more than counts. */
export async function letProofGrowOld(db: Pool, { token = '' }: Client): Promise<void> {
  const { rowCount } = await db.query(
    `UPDATE sessions SET authenticated_at = now() - interval '16 minutes' WHERE id = $1`,
    [claimsOf(token)['sid']],
  );
  if (rowCount !== 1) throw new Error('There is no such session');
}
