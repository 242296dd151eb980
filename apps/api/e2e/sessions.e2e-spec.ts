import type { MeResponse, SessionResponse, SignedInSessionList } from '@voxreach/contracts';
import { bodyOf, type Organization, useApi } from './support/api';
import { randomId } from './support/builders';
import type { Client } from './support/client';
import { cookieOf, spentLongAgo } from './support/cookie';
import { freshEmail, invite } from './support/people';
import { pathsOf, problemOf } from './support/problem';

// A proxy in front names the callers' addresses, so that each test can have its own.
const api = useApi({ env: { TRUST_PROXY: 'true' } });

let addresses = 0;

/** Where nobody else in this file comes from. */
function freshAddress(): Record<string, string> {
  addresses += 1;
  return { 'x-forwarded-for': `198.51.${addresses >> 8}.${addresses & 255}` };
}

const signIn = (login: object, headers: Record<string, string> = freshAddress()) =>
  api.anonymous.post<SessionResponse>('/api/auth/login', login, { headers });

const refresh = (cookie: string) =>
  api.anonymous.post<SessionResponse>('/api/auth/refresh', undefined, { headers: { cookie } });

/** Another place where the same person is signed in. */
async function elsewhere({ login }: Organization, userAgent = 'Phone') {
  const reply = await signIn(login, { ...freshAddress(), 'user-agent': userAgent });
  return { client: api.as(bodyOf(reply).accessToken), cookie: cookieOf(reply) };
}

const isSignedIn = async (client: Client) => (await client.get('/api/auth/me')).status === 200;

const sessionsOf = async (client: Client) =>
  bodyOf(await client.get<SignedInSessionList>('/api/auth/sessions')).items;

describe('A refresh token', () => {
  test('is spent for its successor, in the same session', async () => {
    const acme = await api.organization();
    const { client, cookie } = await elsewhere(acme);
    const before = await sessionsOf(client);
    const reply = await refresh(cookie);
    expect(cookieOf(reply)).not.toBe(cookie);
    const renewed = api.as(bodyOf(reply).accessToken);
    expect((await sessionsOf(renewed)).map(({ id }) => id)).toEqual(before.map(({ id }) => id));
    // The access token of before is as good as it was.
    expect(await isSignedIn(client)).toBe(true);
  });

  test('that comes back after it was spent ends the session, and its access tokens at once', async () => {
    const acme = await api.organization();
    const { client, cookie } = await elsewhere(acme);
    const renewed = await refresh(cookie);
    await spentLongAgo(api, cookie);
    problemOf(await refresh(cookie), 'UNAUTHENTICATED');
    problemOf(await refresh(cookieOf(renewed)), 'UNAUTHENTICATED');
    problemOf(await client.get('/api/auth/me'), 'UNAUTHENTICATED');
    problemOf(await api.as(renewed.body.accessToken).get('/api/agents'), 'UNAUTHENTICATED');
    // Whoever is signed in elsewhere stays so.
    expect(await isSignedIn(acme)).toBe(true);
  });

  test('that comes back at once, since its answer was lost, gets another successor, and the lost one is spent', async () => {
    const { client, cookie } = await elsewhere(await api.organization());
    const lost = cookieOf(await refresh(cookie));
    const successor = cookieOf(await refresh(cookie));
    await spentLongAgo(api, cookie);
    await spentLongAgo(api, lost);
    expect((await refresh(successor)).status).toBe(200);
    expect(await isSignedIn(client)).toBe(true);
    // Somebody has it after all.
    problemOf(await refresh(lost), 'UNAUTHENTICATED');
    expect(await isSignedIn(client)).toBe(false);
  });

  test('has one good successor when it is used twice at the same moment', async () => {
    const acme = await api.organization();
    const { cookie } = await elsewhere(acme);
    const replies = await Promise.all([refresh(cookie), refresh(cookie)]);
    expect(replies.map(({ status }) => status)).toEqual([200, 200]);
    const { rows } = await api.db.query<{ good: number }>(
      `SELECT count(*)::int AS good FROM refresh_tokens t JOIN sessions s ON s.id = t.session_id
       WHERE s.user_id = $1 AND t.spent_at IS NULL GROUP BY s.id`,
      [acme.session.user.id],
    );
    // That of the session in which the account was made, and this one's.
    expect(rows).toEqual([{ good: 1 }, { good: 1 }]);
  });

  test('of a session that has expired is worth nothing', async () => {
    const acme = await api.organization();
    const { client, cookie } = await elsewhere(acme);
    await api.db.query(`UPDATE sessions SET expires_at = now() - interval '1 second' WHERE user_id = $1`, [
      acme.session.user.id,
    ]);
    problemOf(await client.get('/api/auth/me'), 'UNAUTHENTICATED');
    problemOf(await refresh(cookie), 'UNAUTHENTICATED');
  });
});

describe('A session', () => {
  /** Moves the times of a person's sessions so many minutes into the past. */
  const letPass = (minutes: number, { session }: Organization, ...columns: string[]) =>
    api.db.query(
      `UPDATE sessions SET ${columns.map((name) => `${name} = ${name} - $2 * interval '1 minute'`).join(', ')}
       WHERE user_id = $1`,
      [session.user.id, minutes],
    );

  test('goes on while it is renewed within half an hour, and ends when it is not', async () => {
    const acme = await api.organization();
    const { cookie } = await elsewhere(acme);
    await letPass(29, acme, 'expires_at');
    const renewed = await refresh(cookie);
    expect(renewed.status).toBe(200);
    expect(renewed.headers.getSetCookie().join()).toMatch(/max-age=1800/i);
    await letPass(31, acme, 'expires_at');
    problemOf(await api.as(bodyOf(renewed).accessToken).get('/api/auth/me'), 'UNAUTHENTICATED');
    problemOf(await refresh(cookieOf(renewed)), 'UNAUTHENTICATED');
  });

  test('ends twelve hours after its person proved who they are, however busy it is', async () => {
    const acme = await api.organization();
    const { cookie } = await elsewhere(acme);
    await letPass(11 * 60 + 50, acme, 'authenticated_at');
    const renewed = await refresh(cookie);
    await letPass(11, acme, 'authenticated_at', 'expires_at');
    problemOf(await api.as(bodyOf(renewed).accessToken).get('/api/auth/me'), 'UNAUTHENTICATED');
    problemOf(await refresh(cookieOf(renewed)), 'UNAUTHENTICATED');
  });

  test('is not renewed for a person who proved too long ago who they are, whatever it was promised', async () => {
    const acme = await api.organization();
    const { cookie } = await elsewhere(acme);
    await letPass(12 * 60 + 1, acme, 'authenticated_at');
    problemOf(await refresh(cookie), 'UNAUTHENTICATED');
  });

  test('goes on from when they prove it again', async () => {
    const acme = await api.organization();
    const { client, cookie } = await elsewhere(acme);
    await letPass(11 * 60 + 50, acme, 'authenticated_at');
    expect((await client.post('/api/auth/step-up', { password: acme.login.password })).status).toBe(200);
    await letPass(11, acme, 'expires_at');
    expect((await refresh(cookie)).status).toBe(200);
  });
});

describe('Somebody who is signed in at several places', () => {
  test('sees them all, the newest first, and which one asks', async () => {
    const acme = await api.organization();
    const { client } = await elsewhere(acme, 'Telephone 7');
    const items = await sessionsOf(client);
    expect(items).toEqual([
      {
        id: expect.any(String),
        isCurrent: true,
        address: expect.stringMatching(/^198\.51\./),
        userAgent: 'Telephone 7',
        createdAt: expect.any(String),
        lastUsedAt: expect.any(String),
      },
      expect.objectContaining({ isCurrent: false }),
    ]);
  });

  test('ends one of them, at once', async () => {
    const acme = await api.organization();
    const { client, cookie } = await elsewhere(acme);
    const [phone] = await sessionsOf(client);
    expect((await acme.delete(`/api/auth/sessions/${phone?.id}`)).status).toBe(204);
    problemOf(await client.get('/api/agents'), 'UNAUTHENTICATED');
    problemOf(await refresh(cookie), 'UNAUTHENTICATED');
    expect(await sessionsOf(acme)).toHaveLength(1);
    problemOf(await acme.delete(`/api/auth/sessions/${phone?.id}`), 'NOT_FOUND');
  });

  test('ends all the others, at once', async () => {
    const acme = await api.organization();
    const others = [await elsewhere(acme), await elsewhere(acme)];
    expect((await acme.delete('/api/auth/sessions')).status).toBe(204);
    for (const { client } of others) expect(await isSignedIn(client)).toBe(false);
    expect(await sessionsOf(acme)).toEqual([expect.objectContaining({ isCurrent: true })]);
  });

  test("neither sees nor ends another person's, not even a colleague's", async () => {
    const acme = await api.organization();
    const globex = await api.organization();
    const [theirs] = await sessionsOf(globex);
    for (const id of [theirs?.id, randomId()]) {
      problemOf(await acme.delete(`/api/auth/sessions/${id}`), 'NOT_FOUND');
    }
    expect((await sessionsOf(acme)).map(({ id }) => id)).not.toContain(theirs?.id);
    expect(await isSignedIn(globex)).toBe(true);
  });

  test.each(['no-uuid', '00000000-0000-0000-0000-00000000000x'])(
    'gets no further with %s for an id',
    async (id) => {
      const acme = await api.organization();
      problemOf(await acme.delete(`/api/auth/sessions/${id}`), 'NOT_FOUND');
    },
  );
});

describe('Somebody who signs out', () => {
  test.each([
    ['with the cookie', (cookie: string) => ({ cookie })],
    ['without a cookie', () => ({})],
    ['with a cookie that says nothing', () => ({ cookie: 'voxreach_refresh=unknown' })],
  ])('%s, is so at once', async (_how, headersFor) => {
    const acme = await api.organization();
    const { client, cookie } = await elsewhere(acme);
    const reply = await client.post('/api/auth/logout', undefined, { headers: headersFor(cookie) });
    expect(reply.status).toBe(204);
    expect(await isSignedIn(client)).toBe(false);
    problemOf(await refresh(cookie), 'UNAUTHENTICATED');
    expect(await isSignedIn(acme)).toBe(true);
  });

  test("signs nobody else out, with somebody else's cookie", async () => {
    const acme = await api.organization();
    const { client, cookie } = await elsewhere(await api.organization());
    expect((await acme.post('/api/auth/logout', undefined, { headers: { cookie } })).status).toBe(204);
    expect(await isSignedIn(client)).toBe(true);
    expect(await isSignedIn(acme)).toBe(false);
  });
});

describe('Somebody who changes the password', () => {
  const change = (client: Client, body: object) =>
    client.post('/api/auth/password', body, { headers: freshAddress() });

  test('signs in with the new one, and is signed out everywhere else', async () => {
    const acme = await api.organization();
    const other = await elsewhere(acme);
    const newPassword = 'seven purple lanterns';
    const reply = await change(acme, { currentPassword: acme.login.password, newPassword });
    expect(reply.status).toBe(204);
    expect(await isSignedIn(acme)).toBe(true);
    expect(await isSignedIn(other.client)).toBe(false);
    problemOf(await refresh(other.cookie), 'UNAUTHENTICATED');
    problemOf(await signIn(acme.login), 'UNAUTHENTICATED');
    expect((await signIn({ ...acme.login, password: newPassword })).status).toBe(200);
  });

  test('is told at the field when the present one is wrong, and stays as it was', async () => {
    const acme = await api.organization();
    const other = await elsewhere(acme);
    const reply = await change(acme, {
      currentPassword: 'not this one',
      newPassword: 'seven purple lanterns',
    });
    expect(pathsOf(problemOf(reply, 'VALIDATION_FAILED'))).toEqual(['currentPassword']);
    expect(await isSignedIn(other.client)).toBe(true);
    expect((await signIn(acme.login)).status).toBe(200);
  });

  test('cannot try current passwords without end', async () => {
    const acme = await api.organization();
    const body = { currentPassword: 'not this one', newPassword: 'seven purple lanterns' };
    for (let failure = 0; failure < 10; failure++) problemOf(await change(acme, body), 'VALIDATION_FAILED');
    problemOf(await change(acme, { ...body, currentPassword: acme.login.password }), 'RATE_LIMITED');
    problemOf(await signIn(acme.login), 'RATE_LIMITED');
  });
});

describe('A password that is easily guessed', () => {
  /** Each is long enough: it is the lists, and the person's address, that say no. */
  const guessable = (email: string) => [
    'leavemealone',
    'password2026',
    'PassWord123!',
    'QwertyUiop12',
    'iloveyou!!!!',
    'aaaaaaaaaaaa',
    'abababababab',
    email,
    email.toUpperCase(),
    email.split('@', 1)[0] ?? '',
  ];

  test('is refused at registration', async () => {
    const email = freshEmail();
    for (const password of guessable(email)) {
      const body = { organizationName: 'Weak', name: 'W', email, password };
      const problem = problemOf(await api.anonymous.post('/api/auth/register', body), 'VALIDATION_FAILED');
      expect({ password, paths: pathsOf(problem) }).toEqual({ password, paths: ['password'] });
    }
  });

  test('is refused at a change', async () => {
    const acme = await api.organization();
    for (const newPassword of guessable(acme.login.email)) {
      const reply = await acme.post(
        '/api/auth/password',
        { currentPassword: acme.login.password, newPassword },
        { headers: freshAddress() },
      );
      const problem = problemOf(reply, 'VALIDATION_FAILED');
      expect({ newPassword, paths: pathsOf(problem) }).toEqual({ newPassword, paths: ['newPassword'] });
    }
    expect((await signIn(acme.login)).status).toBe(200);
  });

  test('is refused with an invitation, which stays good', async () => {
    const acme = await api.organization();
    const email = freshEmail();
    const { token } = await invite(acme, email);
    const accept = (password: string) =>
      api.anonymous.post('/api/auth/invitations/accept', { token, name: 'N', password });
    for (const password of guessable(email)) {
      const problem = problemOf(await accept(password), 'VALIDATION_FAILED');
      expect({ password, paths: pathsOf(problem) }).toEqual({ password, paths: ['password'] });
    }
    expect((await accept('three unusual words')).status).toBe(200);
  });
});

describe('Somebody who guesses passwords', () => {
  const guess = (email: string, headers?: Record<string, string>) =>
    signIn({ email, password: 'a wrong guess' }, headers);

  test('of one account waits a quarter of an hour after ten, wherever the tries come from', async () => {
    const { login } = await api.organization();
    for (let failure = 0; failure < 10; failure++) problemOf(await guess(login.email), 'UNAUTHENTICATED');
    const reply = await signIn(login);
    problemOf(reply, 'RATE_LIMITED');
    expect(Number(reply.headers.get('retry-after'))).toBe(15 * 60);
    const later = await signIn(login);
    const rest = Number(later.headers.get('retry-after'));
    expect(rest).toBeGreaterThan(15 * 60 - 60);
    expect(rest).toBeLessThanOrEqual(15 * 60);
  });

  test('cannot slip more than ten through at the same moment', async () => {
    const { login } = await api.organization();
    const replies = await Promise.all(Array.from({ length: 30 }, () => guess(login.email)));
    expect(replies.filter(({ status }) => status === 401)).toHaveLength(10);
    expect(replies.filter(({ status }) => status === 429)).toHaveLength(20);
  });

  test('of an account that does not exist is treated alike', async () => {
    const email = freshEmail();
    for (let failure = 0; failure < 10; failure++) problemOf(await guess(email), 'UNAUTHENTICATED');
    problemOf(await guess(email.toUpperCase()), 'RATE_LIMITED');
  });

  test('of many accounts waits after a hundred from one address', async () => {
    const headers = freshAddress();
    const { login } = await api.organization();
    for (let failure = 0; failure < 100; failure++)
      problemOf(await guess(freshEmail(), headers), 'UNAUTHENTICATED');
    const reply = await signIn(login, headers);
    problemOf(reply, 'RATE_LIMITED');
    expect(Number(reply.headers.get('retry-after'))).toBe(15 * 60);
    // The account is as good as ever from anywhere else.
    expect((await signIn(login)).status).toBe(200);
  });

  test('is forgiven with the right one', async () => {
    const { login } = await api.organization();
    for (let failure = 0; failure < 9; failure++) problemOf(await guess(login.email), 'UNAUTHENTICATED');
    expect((await signIn(login)).status).toBe(200);
    for (let failure = 0; failure < 9; failure++) problemOf(await guess(login.email), 'UNAUTHENTICATED');
    expect((await signIn(login)).status).toBe(200);
  });

  test('does not keep out who is signed in already', async () => {
    const acme = await api.organization();
    for (let failure = 0; failure < 11; failure++) await guess(acme.login.email);
    expect(await isSignedIn(acme)).toBe(true);
  });
});

describe('A request to the session routes that a browser sends', () => {
  const ROUTES: [string, string, object | undefined][] = [
    ['POST', '/api/auth/register', { organizationName: 'X', name: 'X', password: 'three unusual words' }],
    ['POST', '/api/auth/login', {}],
    ['POST', '/api/auth/refresh', undefined],
    ['POST', '/api/auth/invitations/preview', { token: 'x' }],
    ['POST', '/api/auth/invitations/accept', { token: 'x', password: 'three unusual words' }],
    ['POST', '/api/auth/logout', undefined],
    ['POST', '/api/auth/switch', { organizationId: randomId() }],
    ['POST', '/api/auth/step-up', { password: 'x' }],
    ['POST', '/api/auth/password', { currentPassword: 'x', newPassword: 'three unusual words' }],
    ['PATCH', '/api/auth/profile', { name: 'Foreign' }],
    ['DELETE', '/api/auth/sessions', undefined],
    ['POST', '/api/auth/second-factor', undefined],
    ['DELETE', '/api/auth/second-factor', undefined],
    ['GET', '/api/auth/me', undefined],
  ];
  const FOREIGN: [string, Record<string, string>][] = [
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['a neighbour in the same domain', { 'sec-fetch-site': 'same-site' }],
    ['another origin, by an older browser', { origin: 'https://evil.example' }],
    ['a document without an origin', { origin: 'null' }],
  ];

  test.each(FOREIGN)('for %s is refused, and does nothing', async (_who, headers) => {
    const acme = await api.organization();
    const { client, cookie } = await elsewhere(acme);
    for (const [method, path, body] of ROUTES) {
      const reply = await client.request(method, path, { body, headers: { ...headers, cookie } });
      expect({ path, status: reply.status }).toEqual({ path, status: 403 });
      problemOf(reply, 'FORBIDDEN');
    }
    expect(bodyOf(await client.get<MeResponse>('/api/auth/me')).user.name).toBe('Olga Owner');
    expect((await refresh(cookie)).status).toBe(200);
  });

  test.each<[string, () => Record<string, string>]>([
    ['the dashboard', () => ({ 'sec-fetch-site': 'same-origin', origin: api.url })],
    ['a person who opened it', () => ({ 'sec-fetch-site': 'none' })],
    ['the dashboard, by an older browser', () => ({ origin: api.url })],
  ])('for %s is answered', async (_who, headersFor) => {
    const { login } = await api.organization();
    const reply = await signIn(login, { ...freshAddress(), ...headersFor() });
    expect(reply.status).toBe(200);
    const headers = { ...headersFor(), cookie: cookieOf(reply) };
    expect((await api.anonymous.post('/api/auth/refresh', undefined, { headers })).status).toBe(200);
  });
});
