import { randomBytes } from 'node:crypto';
import type { NewInvitationResponse, Role, SessionResponse } from '@voxreach/contracts';
import { type Api, bodyOf, Organization } from './api';

export const freshEmail = (): string => `person-${randomBytes(6).toString('hex')}@example.com`;

/** The secret part of an invitation's link. */
export const tokenOf = ({ link }: NewInvitationResponse): string => new URL(link).hash.slice(1);

export async function invite(
  host: Organization,
  email: string = freshEmail(),
  role: Role = 'member',
): Promise<{ invitation: NewInvitationResponse; token: string }> {
  const invitation = bodyOf(await host.post<NewInvitationResponse>('/api/invitations', { email, role }));
  return { invitation, token: tokenOf(invitation) };
}

/** Somebody new, who has joined by invitation and is signed in there. */
export async function join(api: Api, host: Organization, role: Role = 'member'): Promise<Organization> {
  const login = { email: freshEmail(), password: 'three unusual words' };
  const { token } = await invite(host, login.email, role);
  const body = { token, name: 'Nora New', password: login.password };
  const reply = await api.anonymous.post<SessionResponse>('/api/auth/invitations/accept', body);
  return new Organization(api, bodyOf(reply), login);
}

/** Somebody who belongs to an organisation of their own already joins another one, and stays signed in to their own. */
export async function joinWithAccount(
  api: Api,
  host: Organization,
  person: Organization,
  role: Role = 'member',
): Promise<SessionResponse> {
  const { token } = await invite(host, person.login.email, role);
  const body = { token, password: person.login.password };
  return bodyOf(await api.anonymous.post<SessionResponse>('/api/auth/invitations/accept', body));
}
