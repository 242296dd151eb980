import { randomBytes } from 'node:crypto';
import type {
  ApiKeyScope,
  NewApiKeyResponse,
  NewInvitationResponse,
  RecoveryCodesResponse,
  Role,
  SecondFactorSetupResponse,
  SessionResponse,
} from '@voxreach/contracts';
import { TOTP } from 'otpauth';
import type { Pool } from 'pg';
import { claimsOf } from './access-token';
import { type Api, bodyOf, Organization } from './api';
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

/** Somebody new who accepts an invitation, signed in to the organisation of whoever invites. */
export async function joinAs(api: Api, inviter: Client, role: Role): Promise<Organization> {
  const login = {
    email: `${role}-${randomBytes(6).toString('hex')}@example.com`,
    password: 'a long enough password',
  };
  const invitation = { email: login.email, role };
  const { link } = bodyOf(await inviter.post<NewInvitationResponse>('/api/invitations', invitation));
  const reply = await api.anonymous.post<SessionResponse>('/api/auth/invitations/accept', {
    token: link.split('#')[1],
    name: `Ms ${role}`,
    password: login.password,
  });
  return new Organization(api, bodyOf(reply), login);
}

/** Signs in once more, as on another device. */
export async function signInAgain(api: Api, { login }: Organization): Promise<Organization> {
  const session = bodyOf(await api.anonymous.post<SessionResponse>('/api/auth/login', login));
  return new Organization(api, session, login);
}

/** A program with an API key. */
export interface Program {
  id: string;
  client: Client;
}

export async function makeApiKey(
  api: Api,
  organization: Client,
  scopes: readonly ApiKeyScope[],
): Promise<Program> {
  const body = { name: scopes.join(' ').slice(0, 80), scopes };
  const { id, key } = bodyOf(await organization.post<NewApiKeyResponse>('/api/api-keys', body));
  return { id, client: api.as(key) };
}
