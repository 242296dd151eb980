import type { MemberList, MeResponse, NewInvitationResponse, Role } from '@voxreach/contracts';
import { joinAs, makeApiKey, signInAgain } from './support/account';
import { bodyOf, type Organization, useApi } from './support/api';
import { createAgent, IMPORTS, importNumber, saveCredential } from './support/builders';
import type { Client } from './support/client';
import { pathsOf, problemOf } from './support/problem';

const api = useApi();

const idOf = ({ session }: Organization): string => session.user.id;

const setRole = (by: Client, of: Organization, role: Role) => by.patch(`/api/members/${idOf(of)}`, { role });

const remove = (by: Client, whom: Organization) => by.delete(`/api/members/${idOf(whom)}`);

async function rolesOf(organization: Organization): Promise<Record<string, Role>> {
  const { rows } = await api.db.query<{ id: string; role: Role }>(
    'SELECT user_id AS id, role::text AS role FROM memberships WHERE organization_id = $1',
    [organization.id],
  );
  return Object.fromEntries(rows.map(({ id, role }) => [id, role]));
}

describe('A token that is out already', () => {
  test('obeys a new role at the next request', async () => {
    const owner = await api.organization();
    const member = await joinAs(api, owner, 'member');
    await createAgent(member);
    bodyOf(await setRole(owner, member, 'viewer'));
    problemOf(await member.post('/api/agents', { name: 'Late' }), 'FORBIDDEN');
    expect((await member.get('/api/agents')).status).toBe(200);
    expect(bodyOf(await member.get<MeResponse>('/api/auth/me')).organization.role).toBe('viewer');
    bodyOf(await setRole(owner, member, 'admin'));
    await createAgent(member);
    expect((await member.get('/api/api-keys')).status).toBe(200);
    bodyOf(await setRole(owner, member, 'member'));
    problemOf(await member.get('/api/api-keys'), 'FORBIDDEN');
  });

  test('is worth nothing at the next request after a removal, and neither is the refresh token', async () => {
    const owner = await api.organization();
    const member = await joinAs(api, owner, 'admin');
    const reply = await api.anonymous.post('/api/auth/login', member.login);
    const [cookie = ''] = (reply.headers.getSetCookie()[0] ?? '').split('; ');
    expect((await remove(owner, member)).status).toBe(204);
    problemOf(await member.get('/api/agents'), 'UNAUTHENTICATED');
    problemOf(await member.delete(`/api/members/${idOf(owner)}`), 'UNAUTHENTICATED');
    problemOf(
      await api.anonymous.post('/api/auth/refresh', undefined, { headers: { cookie } }),
      'UNAUTHENTICATED',
    );
    problemOf(await api.anonymous.post('/api/auth/login', member.login), 'UNAUTHENTICATED');
  });

  test('of one who has left works in none of the requests that come at the same moment as the answer', async () => {
    const owner = await api.organization();
    const member = await joinAs(api, owner, 'member');
    expect((await remove(member, member)).status).toBe(204);
    const replies = await Promise.all(Array.from({ length: 20 }, () => member.get('/api/phone-numbers')));
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([401]));
  });

  test('is its bearer alone, however many others come at the same moment', async () => {
    const owners = await Promise.all(['Acme', 'Globex', 'Initech'].map((name) => api.organization(name)));
    const colleague = await joinAs(api, owners[0] as Organization, 'viewer');
    const gone = await joinAs(api, owners[1] as Organization, 'member');
    expect((await remove(gone, gone)).status).toBe(204);
    const callers = [...owners, colleague, gone];
    const replies = await Promise.all(
      Array.from({ length: 60 }, (_, n) => n % callers.length).map(async (index) => ({
        caller: callers[index] as Organization,
        reply: await (callers[index] as Organization).get<MeResponse>('/api/auth/me'),
      })),
    );
    for (const { caller, reply } of replies) {
      if (caller === gone) problemOf(reply, 'UNAUTHENTICATED');
      else
        expect(bodyOf(reply)).toMatchObject({ user: { id: idOf(caller) }, organization: { id: caller.id } });
    }
  });

  test('of a key is worth nothing once the key is revoked', async () => {
    const owner = await api.organization();
    const { id, client } = await makeApiKey(api, owner, ['agents:read']);
    expect((await client.get('/api/agents')).status).toBe(200);
    expect((await owner.delete(`/api/api-keys/${id}`)).status).toBe(204);
    problemOf(await client.get('/api/agents'), 'UNAUTHENTICATED');
  });

  test('works for the organisation that it names, with the role that the person has there', async () => {
    const [acme, globex] = [await api.organization('Acme'), await api.organization('Globex')];
    const member = await joinAs(api, acme, 'member');
    const { link } = bodyOf(
      await globex.post<NewInvitationResponse>('/api/invitations', {
        email: member.login.email,
        role: 'viewer',
      }),
    );
    const { password } = member.login;
    bodyOf(await api.anonymous.post('/api/auth/invitations/accept', { token: link.split('#')[1], password }));
    const reply = await member.post<{ accessToken: string }>('/api/auth/switch', {
      organizationId: globex.id,
    });
    const there = api.as(bodyOf(reply).accessToken);
    problemOf(await there.post('/api/agents', { name: 'x' }), 'FORBIDDEN');
    await createAgent(member);
    expect(bodyOf(await there.get('/api/agents'))).toMatchObject({ items: [] });
    expect((await remove(globex, member)).status).toBe(204);
    problemOf(await there.get('/api/agents'), 'UNAUTHENTICATED');
    expect((await member.get('/api/agents')).status).toBe(200);
  });
});

describe('The last owner', () => {
  test('cannot leave, nor become anything less, nor be removed', async () => {
    const owner = await api.organization();
    const admin = await joinAs(api, owner, 'admin');
    problemOf(await remove(owner, owner), 'CONFLICT');
    for (const role of ['admin', 'member', 'viewer'] as const)
      problemOf(await setRole(owner, owner, role), 'CONFLICT');
    problemOf(await remove(admin, owner), 'FORBIDDEN');
    bodyOf(await setRole(owner, owner, 'owner'));
    expect(await rolesOf(owner)).toEqual({ [idOf(owner)]: 'owner', [idOf(admin)]: 'admin' });
  });

  test('can leave once there is another one', async () => {
    const owner = await api.organization();
    const heir = await joinAs(api, owner, 'viewer');
    bodyOf(await setRole(owner, heir, 'owner'));
    expect((await remove(owner, owner)).status).toBe(204);
    expect(await rolesOf(owner)).toEqual({ [idOf(heir)]: 'owner' });
    problemOf(await remove(heir, heir), 'CONFLICT');
  });

  /** Each round with two owners of an organisation of their own. */
  const races: [string, (owners: readonly [Organization, Organization]) => Promise<{ status: number }>[]][] =
    [
      ['leave', ([a, b]) => [remove(a, a), remove(b, b)]],
      ['become members', ([a, b]) => [setRole(a, a, 'member'), setRole(b, b, 'member')]],
      ['remove each other', ([a, b]) => [remove(a, b), remove(b, a)]],
      ['make each other viewers', ([a, b]) => [setRole(a, b, 'viewer'), setRole(b, a, 'viewer')]],
      ['leave and become an admin', ([a, b]) => [remove(a, a), setRole(b, b, 'admin')]],
    ];

  test.each(races)('stays when two owners %s at the same moment', async (_what, race) => {
    for (let round = 0; round < 8; round++) {
      const first = await api.organization();
      const second = await joinAs(api, first, 'owner');
      const replies = await Promise.all(race([first, second]));
      expect(replies.filter(({ status }) => status < 300)).toHaveLength(1);
      const owners = Object.values(await rolesOf(first)).filter((role) => role === 'owner');
      expect(owners).toHaveLength(1);
    }
  });

  test('is one of ten who all leave at the same moment', async () => {
    const first = await api.organization();
    const others = await Promise.all(Array.from({ length: 9 }, () => joinAs(api, first, 'owner')));
    const replies = await Promise.all([first, ...others].map((owner) => remove(owner, owner)));
    expect(replies.map(({ status }) => status).toSorted()).toEqual([...Array<number>(9).fill(204), 409]);
    expect(Object.values(await rolesOf(first))).toEqual(['owner']);
  });
});

describe('An admin', () => {
  let owner: Organization;
  let admin: Organization;
  beforeAll(async () => {
    owner = await api.organization();
    await joinAs(api, owner, 'owner');
    admin = await joinAs(api, owner, 'admin');
  });

  test('makes no owners: of others, of themselves, by invitation', async () => {
    const member = await joinAs(api, owner, 'member');
    const before = await rolesOf(owner);
    problemOf(await setRole(admin, member, 'owner'), 'FORBIDDEN');
    problemOf(await setRole(admin, admin, 'owner'), 'FORBIDDEN');
    const reply = await admin.post('/api/invitations', { email: 'friend@example.com', role: 'owner' });
    problemOf(reply, 'FORBIDDEN');
    expect(await rolesOf(owner)).toEqual(before);
    expect(bodyOf(await owner.get('/api/invitations'))).toEqual({ items: [] });
  });

  test('neither changes nor removes owners', async () => {
    const before = await rolesOf(owner);
    for (const role of ['owner', 'admin', 'viewer'] as const)
      problemOf(await setRole(admin, owner, role), 'FORBIDDEN');
    problemOf(await remove(admin, owner), 'FORBIDDEN');
    expect(await rolesOf(owner)).toEqual(before);
  });

  test('changes and removes everybody else, also other admins', async () => {
    const other = await joinAs(api, admin, 'admin');
    const member = await joinAs(api, admin, 'member');
    expect(bodyOf(await setRole(admin, other, 'viewer'))).toMatchObject({
      userId: idOf(other),
      role: 'viewer',
    });
    expect((await remove(admin, other)).status).toBe(204);
    expect((await remove(admin, member)).status).toBe(204);
    const { items } = bodyOf(await admin.get<MemberList>('/api/members'));
    expect(items.map(({ userId }) => userId)).not.toContain(idOf(other));
  });

  test('does not take the place of an invitation as owner with one of a lesser role', async () => {
    const email = 'heir@example.com';
    bodyOf(await owner.post('/api/invitations', { email, role: 'owner' }));
    problemOf(await admin.post('/api/invitations', { email, role: 'viewer' }), 'FORBIDDEN');
    const { items } = bodyOf(await owner.get<{ items: { id: string; role: Role }[] }>('/api/invitations'));
    expect(items).toMatchObject([{ role: 'owner' }]);
    problemOf(await admin.delete(`/api/invitations/${String(items[0]?.id)}`), 'FORBIDDEN');
    expect((await owner.delete(`/api/invitations/${String(items[0]?.id)}`)).status).toBe(204);
  });
});

describe('A member and a viewer', () => {
  test.each(['member', 'viewer'] as const)('(%s) can leave, and remove nobody else', async (role) => {
    const owner = await api.organization();
    const person = await joinAs(api, owner, role);
    const other = await joinAs(api, owner, 'viewer');
    for (const whom of [owner, other]) problemOf(await remove(person, whom), 'FORBIDDEN');
    problemOf(await setRole(person, person, 'admin'), 'FORBIDDEN');
    expect((await remove(person, person)).status).toBe(204);
    expect(Object.keys(await rolesOf(owner)).toSorted()).toEqual([idOf(owner), idOf(other)].toSorted());
  });

  test('remove a number, but not its credential with it', async () => {
    const owner = await api.organization();
    const member = await joinAs(api, owner, 'member');
    const { id: credentialId } = await saveCredential(owner, 'vonage');
    const number = await importNumber(member, IMPORTS.vonage({ credential: undefined, credentialId }));
    const path = `/api/phone-numbers/${number.id}`;
    problemOf(await member.delete(`${path}?deleteCredential=true`), 'FORBIDDEN');
    expect((await member.get(path)).status).toBe(200);
    expect((await member.delete(path)).status).toBe(204);
    expect(bodyOf(await owner.get('/api/credentials'))).toMatchObject({ items: [{ id: credentialId }] });
  });
});

test('An invitation is good once, also for two at the same moment, and gives the role that it names', async () => {
  const owner = await api.organization();
  for (const role of ['admin', 'viewer'] as const) {
    const email = `once-${role}@example.com`;
    const { link } = bodyOf(await owner.post<NewInvitationResponse>('/api/invitations', { email, role }));
    const accept = () =>
      api.anonymous.post('/api/auth/invitations/accept', {
        token: link.split('#')[1],
        name: 'Guest',
        password: 'a long enough password',
      });
    const replies = await Promise.all([accept(), accept()]);
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(replies.find(({ status }) => status === 200)?.body).toMatchObject({ organization: { role } });
    problemOf(await accept(), 'NOT_FOUND');
  }
  const member = await joinAs(api, owner, 'member');
  const reply = await owner.post('/api/invitations', { email: member.login.email, role: 'admin' });
  expect(pathsOf(problemOf(reply, 'VALIDATION_FAILED'))).toEqual(['email']);
  expect((await signInAgain(api, member)).session.organization.role).toBe('member');
});
