import type {
  InvitationList,
  InvitationPreviewResponse,
  MemberList,
  MeResponse,
  OrganizationResponse,
  Role,
  SessionResponse,
} from '@voxreach/contracts';
import { bodyOf, type Organization, useApi } from './support/api';
import { enroll, letCodesBeFresh } from './support/authenticator';
import { createAgent, randomId } from './support/builders';
import { cookieOf } from './support/cookie';
import { freshEmail, invite, join, joinWithAccount } from './support/people';
import { pathsOf, problemOf } from './support/problem';

const api = useApi();

const PASSWORD = 'three unusual words';

const preview = (token: string) =>
  api.anonymous.post<InvitationPreviewResponse>('/api/auth/invitations/preview', { token });

const accept = (token: string, fields: object = {}) =>
  api.anonymous.post<SessionResponse>('/api/auth/invitations/accept', {
    token,
    name: 'Nora New',
    password: PASSWORD,
    ...fields,
  });

const membersOf = async (person: Organization) => bodyOf(await person.get<MemberList>('/api/members')).items;

const invitationsOf = async (person: Organization) =>
  bodyOf(await person.get<InvitationList>('/api/invitations')).items;

/** That the token opens nothing, and says the same each time. */
async function expectGone(token: string): Promise<void> {
  for (const reply of [await preview(token), await accept(token)])
    expect(problemOf(reply, 'NOT_FOUND').detail).toMatch(/used or withdrawn, or has expired/);
}

describe('An invitation', () => {
  test('has a link, which is shown once and kept as a hash', async () => {
    const acme = await api.organization();
    const email = freshEmail();
    const { invitation, token } = await invite(acme, email, 'admin');
    expect(invitation).toEqual({
      id: expect.any(String),
      email,
      role: 'admin',
      invitedBy: 'Olga Owner',
      createdAt: expect.any(String),
      expiresAt: expect.any(String),
      link: expect.stringMatching(/^http:\/\/[^#?]+\/invitation#[\w-]{43}$/),
    });
    const { link: _link, ...listed } = invitation;
    expect(await invitationsOf(acme)).toEqual([listed]);
    const days = (Date.parse(invitation.expiresAt) - Date.now()) / 86_400_000;
    expect(days).toBeGreaterThan(6.9);
    expect(days).toBeLessThanOrEqual(7);
    const { rows } = await api.db.query<{ row: string }>('SELECT i::text AS row FROM invitations i');
    const everything = rows.map(({ row }) => row).join('\n');
    expect(everything).toContain(email);
    expect(everything).not.toContain(token);
    expect(everything).not.toContain(Buffer.from(token).toString('hex'));
  });

  test('shows the invited person what it is for', async () => {
    const acme = await api.organization('Blue Harbour');
    const email = freshEmail();
    const { token } = await invite(acme, email, 'viewer');
    expect(bodyOf(await preview(token))).toEqual({
      organizationName: 'Blue Harbour',
      email,
      role: 'viewer',
      hasAccount: false,
    });
    const globex = await api.organization();
    const known = await invite(acme, globex.login.email.toUpperCase());
    expect(bodyOf(await preview(known.token))).toMatchObject({ email: globex.login.email, hasAccount: true });
  });

  test.each<Role>(['owner', 'admin', 'member', 'viewer'])('makes a new account a %s', async (role) => {
    const acme = await api.organization('Blue Harbour');
    const email = freshEmail();
    const { token } = await invite(acme, email, role);
    const reply = await accept(token);
    expect(reply.status).toBe(200);
    expect(reply.body).toEqual({
      accessToken: expect.any(String),
      expiresIn: 900,
      user: { id: expect.any(String), name: 'Nora New', email },
      organization: { id: acme.id, name: 'Blue Harbour', role },
    });
    expect(cookieOf(reply)).toMatch(/^voxreach_refresh=/);
    expect((await membersOf(acme)).map((member) => [member.email, member.role])).toEqual([
      [acme.login.email, 'owner'],
      [email, role],
    ]);
    expect(await invitationsOf(acme)).toEqual([]);
    const again = await api.anonymous.post('/api/auth/login', { email, password: PASSWORD });
    expect(again.status).toBe(200);
    await expectGone(token);
  });

  test('needs a name and a good password for a new account, and stays good until then', async () => {
    const { token } = await invite(await api.organization());
    expect(pathsOf(problemOf(await accept(token, { name: undefined }), 'VALIDATION_FAILED'))).toEqual([
      'name',
    ]);
    const short = problemOf(await accept(token, { password: 'short' }), 'VALIDATION_FAILED');
    expect(pathsOf(short)).toEqual(['password']);
    expect((await accept(token)).status).toBe(200);
  });

  test('lets an existing account in with its password alone, and changes nothing of it', async () => {
    const acme = await api.organization('Blue Harbour');
    const globex = await api.organization('Globex');
    const { token } = await invite(acme, globex.login.email, 'viewer');
    problemOf(await accept(token, { password: 'a wrong guess' }), 'UNAUTHENTICATED');
    expect(await membersOf(acme)).toHaveLength(1);
    const reply = await accept(token, { password: globex.login.password, name: 'Another Name' });
    expect(reply.body).toMatchObject({
      user: globex.session.user,
      organization: { id: acme.id, role: 'viewer' },
    });
    const me = bodyOf(await globex.get<MeResponse>('/api/auth/me'));
    expect(me.organization).toEqual(globex.session.organization);
    expect(me.organizations).toEqual([
      globex.session.organization,
      { id: acme.id, name: 'Blue Harbour', role: 'viewer' },
    ]);
  });

  test('asks an existing account for its second factor', async () => {
    const acme = await api.organization();
    const globex = await api.organization();
    const { app } = await enroll(globex);
    await letCodesBeFresh(api.db, globex);
    const { token } = await invite(acme, globex.login.email);
    const { password } = globex.login;
    problemOf(await accept(token, { password }), 'SECOND_FACTOR_REQUIRED');
    problemOf(await accept(token, { password, code: 'aaaa-bbbb-cccc-dddd' }), 'UNAUTHENTICATED');
    expect(await membersOf(acme)).toHaveLength(1);
    expect((await accept(token, { password, code: await app.code() })).status).toBe(200);
    expect(await membersOf(acme)).toEqual([
      expect.objectContaining({ hasSecondFactor: false }),
      expect.objectContaining({ email: globex.login.email, hasSecondFactor: true }),
    ]);
  });

  test('cannot be used to guess the password of an account', async () => {
    const globex = await api.organization();
    const { token } = await invite(await api.organization(), globex.login.email);
    for (let failure = 0; failure < 10; failure++)
      problemOf(await accept(token, { password: 'a wrong guess' }), 'UNAUTHENTICATED');
    problemOf(await accept(token, { password: globex.login.password }), 'RATE_LIMITED');
  });

  test('is gone once it was taken back', async () => {
    const acme = await api.organization();
    const { invitation, token } = await invite(acme);
    expect((await acme.delete(`/api/invitations/${invitation.id}`)).status).toBe(204);
    expect(await invitationsOf(acme)).toEqual([]);
    await expectGone(token);
    problemOf(await acme.delete(`/api/invitations/${invitation.id}`), 'NOT_FOUND');
  });

  test('is gone once it has expired', async () => {
    const acme = await api.organization();
    const { invitation, token } = await invite(acme);
    await api.db.query(`UPDATE invitations SET expires_at = now() - interval '1 second' WHERE id = $1`, [
      invitation.id,
    ]);
    await expectGone(token);
    expect(await invitationsOf(acme)).toEqual([]);
    const { token: anew } = await invite(acme, invitation.email);
    expect((await accept(anew)).status).toBe(200);
  });

  test.each(['', 'invented', 'x'.repeat(101), '../../etc'])(
    'does not exist for the token %j',
    async (token) => {
      const reply = await preview(token);
      expect([400, 404]).toContain(reply.status);
    },
  );

  test('of the same address takes the place of the one before', async () => {
    const acme = await api.organization();
    const email = freshEmail();
    const first = await invite(acme, email, 'viewer');
    const second = await invite(acme, email.toUpperCase(), 'admin');
    expect(await invitationsOf(acme)).toEqual([
      expect.objectContaining({ id: second.invitation.id, email, role: 'admin' }),
    ]);
    await expectGone(first.token);
    expect(bodyOf(await accept(second.token)).organization.role).toBe('admin');
  });

  test('leaves one of another organisation to the same address alone', async () => {
    const email = freshEmail();
    const [acme, globex] = [await api.organization(), await api.organization()];
    const [one, other] = [await invite(acme, email), await invite(globex, email)];
    expect((await accept(one.token)).status).toBe(200);
    // Meanwhile there is an account, so its password is what counts.
    expect((await accept(other.token)).status).toBe(200);
    problemOf(await globex.delete(`/api/invitations/${one.invitation.id}`), 'NOT_FOUND');
  });

  test('is refused for somebody who is a member already', async () => {
    const acme = await api.organization();
    for (const email of [acme.login.email, acme.login.email.toUpperCase()]) {
      const reply = await acme.post('/api/invitations', { email, role: 'viewer' });
      expect(pathsOf(problemOf(reply, 'VALIDATION_FAILED'))).toEqual(['email']);
    }
  });

  test('to be an owner comes from owners only', async () => {
    const acme = await api.organization();
    const admin = await join(api, acme, 'admin');
    problemOf(await admin.post('/api/invitations', { email: freshEmail(), role: 'owner' }), 'FORBIDDEN');
    expect(await invitationsOf(acme)).toEqual([]);
    await invite(admin, freshEmail(), 'admin');
    await invite(acme, freshEmail(), 'owner');
  });

  test('lets one in of two that accept at the same moment, as new accounts', async () => {
    const acme = await api.organization();
    const { token } = await invite(acme);
    const replies = await Promise.all([accept(token), accept(token), accept(token)]);
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(replies.filter(({ status }) => status === 404 || status === 409)).toHaveLength(2);
    expect(await membersOf(acme)).toHaveLength(2);
  });

  test('lets an account in once that accepts twice at the same moment', async () => {
    const acme = await api.organization();
    const globex = await api.organization();
    const { token } = await invite(acme, globex.login.email);
    const { password } = globex.login;
    const replies = await Promise.all([accept(token, { password }), accept(token, { password })]);
    expect(replies.map(({ status }) => status).toSorted()).toEqual([200, 404]);
    expect(await membersOf(acme)).toHaveLength(2);
  });

  test('is made one after the other when the same address is invited at the same moment', async () => {
    const acme = await api.organization();
    const body = { email: freshEmail(), role: 'member' };
    const replies = await Promise.all([1, 2, 3, 4].map(() => acme.post('/api/invitations', body)));
    expect(replies.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
    expect(await invitationsOf(acme)).toHaveLength(1);
  });

  test('is one of five hundred at most', async () => {
    const acme = await api.organization();
    await api.db.query(
      `INSERT INTO invitations (id, organization_id, email, role, token_hash, expires_at)
       SELECT gen_random_uuid(), $1::uuid, 'p' || n || '@example.com', 'viewer', decode(md5(n || $1::uuid::text), 'hex'),
         now() + interval '1 day'
       FROM generate_series(1, 500) n`,
      [acme.id],
    );
    problemOf(await acme.post('/api/invitations', { email: freshEmail(), role: 'viewer' }), 'CONFLICT');
    // One that takes the place of another makes no more of them.
    await invite(acme, 'p7@example.com');
  });
});

describe('An organisation', () => {
  test('lists its members, who joined first in front, and nobody else', async () => {
    const acme = await api.organization();
    const admin = await join(api, acme, 'admin');
    await join(api, await api.organization('Globex'));
    expect(await membersOf(admin)).toEqual([
      {
        userId: acme.session.user.id,
        name: 'Olga Owner',
        email: acme.login.email,
        role: 'owner',
        hasSecondFactor: false,
        joinedAt: expect.any(String),
      },
      expect.objectContaining({ userId: admin.session.user.id, role: 'admin' }),
    ]);
  });

  test('is renamed, for everybody at once', async () => {
    const acme = await api.organization('Blue Harbour');
    const viewer = await join(api, acme, 'viewer');
    const reply = await acme.patch<OrganizationResponse>('/api/organization', { name: '  Red Harbour ' });
    expect(reply.body).toEqual({
      id: acme.id,
      name: 'Red Harbour',
      requiresSecondFactor: false,
      createdAt: expect.any(String),
    });
    expect((await viewer.get('/api/organization')).body).toEqual(reply.body);
    expect(bodyOf(await viewer.get<MeResponse>('/api/auth/me')).organization.name).toBe('Red Harbour');
  });

  test.each([{ name: ' ' }, { name: 'x'.repeat(81) }, {}, { name: 'X', id: randomId() }])(
    'is not renamed with %j',
    async (body) => {
      const acme = await api.organization('Blue Harbour');
      problemOf(await acme.patch('/api/organization', body), 'VALIDATION_FAILED');
      expect((await acme.get('/api/organization')).body).toMatchObject({ name: 'Blue Harbour' });
    },
  );
});

describe("A member's role", () => {
  const changeRole = (person: Organization, id: string, role: Role) =>
    person.patch(`/api/members/${id}`, { role });

  test('is changed at once, without a new sign-in', async () => {
    const acme = await api.organization();
    const nora = await join(api, acme, 'viewer');
    problemOf(await nora.post('/api/agents', { name: 'Front desk' }), 'FORBIDDEN');
    const reply = await changeRole(acme, nora.session.user.id, 'member');
    expect(reply.body).toMatchObject({ userId: nora.session.user.id, role: 'member' });
    await createAgent(nora);
    expect((await changeRole(acme, nora.session.user.id, 'viewer')).status).toBe(200);
    problemOf(await nora.post('/api/agents', { name: 'Front desk' }), 'FORBIDDEN');
  });

  test('is made owner, and taken from one, by owners only', async () => {
    const acme = await api.organization();
    const admin = await join(api, acme, 'admin');
    problemOf(await changeRole(admin, admin.session.user.id, 'owner'), 'FORBIDDEN');
    problemOf(await changeRole(admin, acme.session.user.id, 'viewer'), 'FORBIDDEN');
    problemOf(await admin.delete(`/api/members/${acme.session.user.id}`), 'FORBIDDEN');
    expect((await changeRole(acme, admin.session.user.id, 'owner')).status).toBe(200);
    expect((await changeRole(admin, acme.session.user.id, 'viewer')).status).toBe(200);
  });

  test('stays owner for the last one', async () => {
    const acme = await api.organization();
    problemOf(await changeRole(acme, acme.session.user.id, 'admin'), 'CONFLICT');
    problemOf(await acme.delete(`/api/members/${acme.session.user.id}`), 'CONFLICT');
    expect((await changeRole(acme, acme.session.user.id, 'owner')).status).toBe(200);
  });

  test('leaves one owner when two go at the same moment', async () => {
    const acme = await api.organization();
    const other = await join(api, acme, 'owner');
    const replies = await Promise.all(
      [acme, other].map((owner) => owner.delete(`/api/members/${owner.session.user.id}`)),
    );
    expect(replies.map(({ status }) => status).toSorted()).toEqual([204, 409]);
  });

  test('is nothing to another organisation', async () => {
    const [acme, globex] = [await api.organization(), await api.organization()];
    for (const id of [globex.session.user.id, randomId()]) {
      problemOf(await changeRole(acme, id, 'viewer'), 'NOT_FOUND');
      problemOf(await acme.delete(`/api/members/${id}`), 'NOT_FOUND');
    }
    expect((await membersOf(globex))[0]?.role).toBe('owner');
  });
});

describe('Somebody who leaves', () => {
  test('is out at once, and the organisation goes on', async () => {
    const acme = await api.organization();
    const nora = await join(api, acme, 'viewer');
    expect((await nora.delete(`/api/members/${nora.session.user.id}`)).status).toBe(204);
    problemOf(await nora.get('/api/agents'), 'UNAUTHENTICATED');
    expect(await membersOf(acme)).toHaveLength(1);
    const reply = await api.anonymous.post('/api/auth/login', nora.login);
    expect(problemOf(reply, 'UNAUTHENTICATED').detail).toMatch(/no organisation.*invitation/);
  });

  test('goes on in another organisation of theirs when the session is renewed', async () => {
    const [acme, globex] = [await api.organization('Acme'), await api.organization('Globex')];
    await joinWithAccount(api, acme, globex);
    const login = await api.anonymous.post<SessionResponse>('/api/auth/login', globex.login);
    const there = bodyOf(
      await api
        .as(login.body.accessToken)
        .post<SessionResponse>('/api/auth/switch', { organizationId: acme.id }),
    );
    expect((await acme.delete(`/api/members/${globex.session.user.id}`)).status).toBe(204);
    problemOf(await api.as(there.accessToken).get('/api/agents'), 'UNAUTHENTICATED');
    const renewed = await api.anonymous.post<SessionResponse>('/api/auth/refresh', undefined, {
      headers: { cookie: cookieOf(login) },
    });
    expect(bodyOf(renewed).organization).toEqual(globex.session.organization);
    expect((await api.as(renewed.body.accessToken).get('/api/agents')).status).toBe(200);
  });

  test('can be invited again', async () => {
    const acme = await api.organization();
    const nora = await join(api, acme);
    await acme.delete(`/api/members/${nora.session.user.id}`);
    await joinWithAccount(api, acme, nora, 'viewer');
    expect(await membersOf(acme)).toEqual([
      expect.anything(),
      expect.objectContaining({ userId: nora.session.user.id, role: 'viewer' }),
    ]);
  });
});

describe('Somebody who belongs to two organisations', () => {
  async function twoFold() {
    const [acme, globex] = [await api.organization('Acme'), await api.organization('Globex')];
    await joinWithAccount(api, acme, globex, 'viewer');
    const agents = { acme: await createAgent(acme), globex: await createAgent(globex) };
    return { acme, globex, agents };
  }

  test('goes over to the other one, with the role there', async () => {
    const { acme, globex, agents } = await twoFold();
    const reply = await globex.post<SessionResponse>('/api/auth/switch', { organizationId: acme.id });
    expect(reply.status).toBe(200);
    expect(reply.body).toMatchObject({ organization: { id: acme.id, name: 'Acme', role: 'viewer' } });
    const there = api.as(reply.body.accessToken);
    expect((await there.get('/api/agents')).body).toMatchObject({ items: [{ id: agents.acme.id }] });
    problemOf(await there.get(`/api/agents/${agents.globex.id}`), 'NOT_FOUND');
    problemOf(await there.post('/api/agents', { name: 'Front desk' }), 'FORBIDDEN');
    // A token says for which organisation it is; the one of before is still for the other.
    expect((await globex.get('/api/agents')).body).toMatchObject({ items: [{ id: agents.globex.id }] });
  });

  test('stays there when the session is renewed', async () => {
    const { acme, globex } = await twoFold();
    const login = await api.anonymous.post<SessionResponse>('/api/auth/login', globex.login);
    expect(bodyOf(login).organization.id).toBe(globex.id);
    await api.as(login.body.accessToken).post('/api/auth/switch', { organizationId: acme.id });
    const renewed = await api.anonymous.post<SessionResponse>('/api/auth/refresh', undefined, {
      headers: { cookie: cookieOf(login) },
    });
    expect(bodyOf(renewed).organization.id).toBe(acme.id);
  });

  test('cannot go over to one they do not belong to, which is as one that does not exist', async () => {
    const { globex } = await twoFold();
    const initech = await api.organization('Initech');
    const problems = [];
    for (const organizationId of [initech.id, randomId()])
      problems.push(problemOf(await globex.post('/api/auth/switch', { organizationId }), 'NOT_FOUND').detail);
    expect(new Set(problems).size).toBe(1);
    expect(bodyOf(await globex.get<MeResponse>('/api/auth/me')).organization.id).toBe(globex.id);
  });

  test('is told what to choose from when it is no id', async () => {
    const { globex } = await twoFold();
    const reply = await globex.post('/api/auth/switch', { organizationId: 'acme' });
    expect(pathsOf(problemOf(reply, 'VALIDATION_FAILED'))).toEqual(['organizationId']);
  });
});
