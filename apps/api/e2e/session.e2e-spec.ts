import type { MeResponse, SessionResponse } from '@voxreach/contracts';
import { Api, bodyOf, useApi } from './support/api';
import type { Reply } from './support/client';
import { spentLongAgo } from './support/cookie';
import { pathsOf, problemOf } from './support/problem';

const api = useApi();

/** The refresh token as a browser would send it back. */
function cookieOf(reply: Reply): { header: string; attributes: string[] } {
  const [pair = '', ...attributes] = (reply.headers.getSetCookie()[0] ?? '').split('; ');
  return { header: pair, attributes: attributes.map((attribute) => attribute.toLowerCase()) };
}

const signIn = (login: object) => api.anonymous.post<SessionResponse>('/api/auth/login', login);

const refresh = (cookie: string) =>
  api.anonymous.post<SessionResponse>('/api/auth/refresh', undefined, { headers: { cookie } });

describe('Somebody who registers an organisation', () => {
  test('is signed in at once, as its owner', async () => {
    const reply = await api.anonymous.post('/api/auth/register', {
      organizationName: '  Blue Harbour ',
      name: 'Ada',
      email: 'Ada@Example.com',
      password: 'correct horse battery',
    });
    expect(reply.status).toBe(201);
    expect(reply.body).toEqual({
      accessToken: expect.any(String),
      expiresIn: 900,
      user: { id: expect.any(String), name: 'Ada', email: 'ada@example.com' },
      organization: { id: expect.any(String), name: 'Blue Harbour', role: 'owner' },
    });
  });

  test('is told at the field when the address has an account already, in whatever case', async () => {
    const { login } = await api.organization();
    const reply = await api.anonymous.post('/api/auth/register', {
      organizationName: 'Again',
      name: 'Again',
      email: login.email.toUpperCase(),
      password: 'another password',
    });
    expect(pathsOf(problemOf(reply, 'VALIDATION_FAILED'))).toEqual(['email']);
  });

  test('makes one account of two registrations at once', async () => {
    const body = {
      organizationName: 'Twice',
      name: 'T',
      email: 'twice@example.com',
      password: 'long enough now',
    };
    const replies = await Promise.all([1, 2].map(() => api.anonymous.post('/api/auth/register', body)));
    expect(replies.map(({ status }) => status).toSorted()).toEqual([201, 400]);
    const { rows } = await api.db.query('SELECT 1 FROM organizations WHERE name = $1', ['Twice']);
    expect(rows).toHaveLength(1);
  });

  test('has every unusable field named', async () => {
    const reply = await api.anonymous.post('/api/auth/register', {
      organizationName: ' ',
      name: 'x'.repeat(81),
      email: 'nobody',
      password: 'short',
      role: 'owner',
    });
    expect(pathsOf(problemOf(reply, 'VALIDATION_FAILED')).toSorted()).toEqual([
      'email',
      'name',
      'organizationName',
      'password',
      'role',
    ]);
  });
});

describe('Somebody who signs in', () => {
  test('gets an access token and sees who and where they are', async () => {
    const { login, session } = await api.organization('Harbour');
    const reply = await signIn({ ...login, email: ` ${login.email.toUpperCase()} ` });
    expect(reply.status).toBe(200);
    const me = await api.as(reply.body.accessToken).get<MeResponse>('/api/auth/me');
    expect(me.status).toBe(200);
    expect(me.body).toEqual({
      user: session.user,
      organization: { id: session.organization.id, name: 'Harbour', role: 'owner' },
      organizations: [{ id: session.organization.id, name: 'Harbour', role: 'owner' }],
      features: { vapiNumbers: true },
      hasSecondFactor: false,
      needsSecondFactor: false,
      newSecurityNotices: 0,
    });
  });

  test('cannot tell a wrong password from an unknown address', async () => {
    const { login } = await api.organization();
    const wrong = problemOf(await signIn({ ...login, password: 'something else' }), 'UNAUTHENTICATED');
    const unknown = problemOf(
      await signIn({ email: 'nobody-at-all@example.com', password: 'something else' }),
      'UNAUTHENTICATED',
    );
    expect(wrong.detail).toBe(unknown.detail);
  });

  test('has the refresh token in a cookie that no script and no other site can use', async () => {
    const { login } = await api.organization();
    const reply = await signIn(login);
    const { header, attributes } = cookieOf(reply);
    expect(header).toMatch(/^voxreach_refresh=[\w-]{40,}$/);
    expect(attributes).toEqual(
      expect.arrayContaining(['httponly', 'samesite=strict', 'path=/api/auth', 'max-age=1800']),
    );
    // This installation is reached without TLS.
    expect(attributes).not.toContain('secure');
    expect(JSON.stringify(reply.body)).not.toContain(header.split('=')[1]);
    expect(reply.headers.get('cache-control')).toBe('no-store');
  });

  test('has to wait after ten wrong passwords, even with the right one', async () => {
    const { login } = await api.organization();
    for (let attempt = 0; attempt < 10; attempt++)
      problemOf(await signIn({ ...login, password: `wrong ${attempt}` }), 'UNAUTHENTICATED');
    const reply = await signIn(login);
    problemOf(reply, 'RATE_LIMITED');
    expect(Number(reply.headers.get('retry-after'))).toBeGreaterThan(0);
  });
});

describe('Somebody who stays signed in', () => {
  test('spends the refresh token for a new one and a new access token', async () => {
    const { login, session } = await api.organization();
    const first = cookieOf(await signIn(login));
    const reply = await refresh(first.header);
    expect(reply.status).toBe(200);
    expect(reply.body).toEqual({
      accessToken: expect.any(String),
      expiresIn: 900,
      user: session.user,
      organization: session.organization,
    });
    const second = cookieOf(reply);
    expect(second.header).not.toBe(first.header);
    expect((await refresh(second.header)).status).toBe(200);
  });

  test('is signed out everywhere in the chain when a spent token comes back', async () => {
    const { login } = await api.organization();
    const stolen = cookieOf(await signIn(login));
    const successor = cookieOf(await refresh(stolen.header));
    await spentLongAgo(api, stolen.header);
    problemOf(await refresh(stolen.header), 'UNAUTHENTICATED');
    problemOf(await refresh(successor.header), 'UNAUTHENTICATED');
  });

  test('keeps the session of another device when a chain ends', async () => {
    const { login } = await api.organization();
    const [laptop, phone] = [cookieOf(await signIn(login)), cookieOf(await signIn(login))];
    await refresh(laptop.header);
    await spentLongAgo(api, laptop.header);
    problemOf(await refresh(laptop.header), 'UNAUTHENTICATED');
    expect((await refresh(phone.header)).status).toBe(200);
  });

  test.each([
    ['no cookie', {}],
    ['an invented token', { cookie: 'voxreach_refresh=invented' }],
    ['an empty token', { cookie: 'voxreach_refresh=' }],
  ])('gets nothing for %s', async (_what, headers) => {
    problemOf(await api.anonymous.post('/api/auth/refresh', undefined, { headers }), 'UNAUTHENTICATED');
  });
});

describe('Somebody who signs out', () => {
  test('cannot refresh any more, and the browser is told to forget the cookie', async () => {
    const { login } = await api.organization();
    const session = await signIn(login);
    const { header } = cookieOf(session);
    const reply = await api
      .as(session.body.accessToken)
      .post('/api/auth/logout', undefined, { headers: { cookie: header } });
    expect(reply.status).toBe(204);
    expect(cookieOf(reply).attributes.join()).toMatch(/expires=thu, 01 jan 1970|max-age=0/);
    problemOf(await refresh(header), 'UNAUTHENTICATED');
    expect(reply.headers.getSetCookie()[1]).toMatch(/^voxreach_signed_in=;/);
  });

  test('has to be signed in', async () => {
    problemOf(await api.anonymous.post('/api/auth/logout'), 'UNAUTHENTICATED');
  });
});

test('The database holds neither passwords nor tokens in the clear', async () => {
  const { login } = await api.organization();
  const { header } = cookieOf(await signIn(login));
  const { rows } = await api.db.query<{ row: string }>(
    'SELECT t::text AS row FROM refresh_tokens t UNION ALL SELECT u::text FROM users u',
  );
  const everything = rows.map(({ row }) => row).join('\n');
  expect(everything).not.toContain(login.password);
  expect(everything).not.toContain(header.split('=')[1]);
});

describe('An installation with sign-up switched off', () => {
  const closed = new Api({ env: { ALLOW_SIGNUP: 'false' } });
  beforeAll(async () => {
    await closed.start();
  });
  afterAll(() => closed.stop());

  test('registers nobody', async () => {
    const reply = await closed.anonymous.post('/api/auth/register', {
      organizationName: 'Late',
      name: 'Late',
      email: 'late@example.com',
      password: 'long enough now',
    });
    problemOf(reply, 'FORBIDDEN');
    const { rows } = await closed.db.query<{ users: number }>('SELECT count(*)::int AS users FROM users');
    expect(rows[0]?.users).toBe(0);
  });
});

describe('An installation behind TLS', () => {
  const secure = new Api({ env: { PUBLIC_URL: 'https://voxreach.example' } });
  beforeAll(async () => {
    await secure.start();
  });
  afterAll(() => secure.stop());

  test('marks its cookie Secure', async () => {
    const { login } = await secure.organization();
    const reply = await secure.anonymous.post('/api/auth/login', login);
    bodyOf(reply);
    expect(cookieOf(reply).attributes).toContain('secure');
  });
});
