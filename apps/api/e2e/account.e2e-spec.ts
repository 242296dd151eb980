import type { AccountDataResponse, MemberList } from '@voxreach/contracts';
import { makeApiKey } from './support/account';
import { bodyOf, type Organization, useApi } from './support/api';
import { entriesDuring } from './support/audit';
import { letProofBeOld } from './support/authenticator';
import { randomId } from './support/builders';
import { invite, join, joinWithAccount } from './support/people';
import { pathsOf, problemOf } from './support/problem';

const api = useApi();

const remove = (person: Organization, email = person.login.email) =>
  person.post('/api/auth/account/removal', { email });

/** Rows anywhere that still lead to the person. */
async function rowsOf({ session: { user } }: Organization): Promise<number> {
  const { rows } = await api.db.query(
    `SELECT 1 FROM users WHERE id = $1 UNION ALL SELECT 1 FROM memberships WHERE user_id = $1
     UNION ALL SELECT 1 FROM sessions WHERE user_id = $1 UNION ALL SELECT 1 FROM security_notices WHERE user_id = $1
     UNION ALL SELECT 1 FROM recovery_codes WHERE user_id = $1
     UNION ALL SELECT 1 FROM invitations WHERE invited_by_id = $1 UNION ALL SELECT 1 FROM api_keys WHERE created_by_id = $1`,
    [user.id],
  );
  return rows.length;
}

test('A person reads all that is kept of them, and nothing secret', async () => {
  const [acme, globex] = [await api.organization('Acme'), await api.organization('Globex')];
  await joinWithAccount(api, globex, acme, 'viewer');
  const data = bodyOf(await acme.get<AccountDataResponse>('/api/auth/account'));
  expect(data).toEqual({
    user: acme.session.user,
    createdAt: expect.any(String),
    secondFactorSince: null,
    memberships: [
      { id: acme.id, name: 'Acme', role: 'owner', joinedAt: expect.any(String) },
      { id: globex.id, name: 'Globex', role: 'viewer', joinedAt: expect.any(String) },
    ],
    sessions: expect.arrayContaining([
      {
        id: expect.any(String),
        isCurrent: true,
        address: expect.any(String),
        userAgent: 'node',
        createdAt: expect.any(String),
        lastUsedAt: expect.any(String),
      },
    ]),
    securityNotices: [expect.objectContaining({ kind: 'new_address', userAgent: 'node' })],
  });
});

describe('An account that is deleted', () => {
  test('is gone at once with its sessions, and each organisation is told', async () => {
    const [acme, globex] = [await api.organization('Acme'), await api.organization('Globex')];
    const nora = await join(api, acme, 'admin');
    await joinWithAccount(api, globex, nora, 'viewer');
    const { invitation } = await invite(nora);
    const { client } = await makeApiKey(api, nora, ['agents:read']);
    const { result: reply, entries } = await entriesDuring(api, () => remove(nora));
    expect(reply.status).toBe(204);
    const { id, name } = nora.session.user;
    const told = { actor: { type: 'user', id, name }, target: { type: 'user', id, name } };
    expect(entries).toHaveLength(3);
    expect(entries).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          ...told,
          action: 'user.remove',
          organizationId: acme.id,
          before: { role: 'admin' },
        }),
        expect.objectContaining({
          ...told,
          action: 'user.remove',
          organizationId: globex.id,
          before: { role: 'viewer' },
        }),
        expect.objectContaining({
          action: 'invitation.revoke',
          organizationId: acme.id,
          target: { type: 'invitation', id: invitation.id, name: invitation.email },
        }),
      ]),
    );
    expect(await rowsOf(nora)).toBe(0);
    problemOf(await nora.get('/api/auth/me'), 'UNAUTHENTICATED');
    problemOf(await api.anonymous.post('/api/auth/login', nora.login), 'UNAUTHENTICATED');
    expect(bodyOf(await acme.get<MemberList>('/api/members')).items).toHaveLength(1);
    // The key is the organisation's.
    expect((await client.get('/api/agents')).status).toBe(200);
  });

  test('is kept for the only owner of an organisation, with everything', async () => {
    const acme = await api.organization('Acme');
    await invite(acme);
    const before = await rowsOf(acme);
    expect(problemOf(await remove(acme), 'CONFLICT').detail).toMatch(/^You are the only owner of Acme\./);
    expect(await rowsOf(acme)).toBe(before);
  });

  test('leaves one owner when two go at the same moment, in whatever way', async () => {
    const ways: ((person: Organization) => ReturnType<typeof remove>)[] = [
      remove,
      (person) => person.delete(`/api/members/${person.session.user.id}`),
    ];
    for (const way of ways) {
      const acme = await api.organization();
      const other = await join(api, acme, 'owner');
      const replies = await Promise.all([remove(acme), way(other)]);
      expect(replies.map(({ status }) => status).toSorted()).toEqual([204, 409]);
    }
  });

  test('is named by its address, and nothing else will do', async () => {
    const acme = await api.organization();
    const nora = await join(api, acme);
    for (const email of [acme.login.email, 'nobody@example.com', 'x', randomId()])
      expect(pathsOf(problemOf(await remove(nora, email), 'VALIDATION_FAILED'))).toEqual(['email']);
    expect((await remove(nora, nora.login.email.toUpperCase())).status).toBe(204);
  });

  test('is asked for once more by whoever proved long ago who they are', async () => {
    const nora = await join(api, await api.organization());
    await letProofBeOld(api.db, nora);
    problemOf(await remove(nora), 'STEP_UP_REQUIRED');
    expect((await nora.get('/api/auth/me')).status).toBe(200);
  });
});
