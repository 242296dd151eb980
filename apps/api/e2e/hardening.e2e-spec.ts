import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type {
  AuditPage,
  NewInvitationResponse,
  SessionResponse,
  SignedInSessionList,
} from '@voxreach/contracts';
import { setUpSecondFactor } from './support/account';
import { Api, bodyOf, useApi } from './support/api';
import { freshEmail, invite, join as joinOrganization } from './support/people';
import { pathsOf, problemOf } from './support/problem';
import { ServerProcess } from './support/server-process';

const api = useApi();

describe('An address that the router understands, written otherwise', () => {
  test.each(['/%61pi', '/a%70%69'])('begins with %s: it does not exist', async (prefix) => {
    const { login } = await api.organization();
    problemOf(await api.anonymous.post(`${prefix}/auth/login`, login), 'NOT_FOUND');
    problemOf(await api.anonymous.post(`${prefix}/auth/login`, { email: 'a\0' }), 'NOT_FOUND');
  });

  test.each(['http://elsewhere.example/api/auth/logout', '*api/auth/logout', '*/api/auth/logout'])(
    'is %s: it does not exist',
    async (path) => {
      const { hostname, port } = new URL(api.url);
      const status = await new Promise((resolve, reject) => {
        request({ hostname, port, method: 'POST', path }, (answer) => resolve(answer.resume().statusCode))
          .on('error', reject)
          .end();
      });
      expect(status).toBe(404);
    },
  );
});

describe('A body with more values than any of ours has', () => {
  const many = (count: number, value: unknown) => Array.from({ length: count }, () => value);

  test.each([
    ['a list of objects', '/api/credentials', { credential: { gateways: many(20_000, {}) } }],
    ['a list of texts', '/api/api-keys', { scopes: Array.from({ length: 30_000 }, (_, index) => index) }],
    ['fields', '/api/agents', Object.fromEntries(many(15_000, 0).map((_, index) => [`field${index}`, 1]))],
  ])('is refused as a whole, at once and briefly: %s', async (_what, path, body) => {
    const acme = await api.organization();
    const begin = performance.now();
    const reply = await acme.post(path, body);
    expect(problemOf(reply, 'VALIDATION_FAILED').errors).toBeUndefined();
    // Every rule asked of every value took seconds, in which nobody else was answered.
    expect(performance.now() - begin).toBeLessThan(2_000);
  });

  test('is not what the largest trunk has', async () => {
    const acme = await api.organization();
    const gateways = Array.from({ length: 64 }, (_, index) => ({
      ip: `198.51.100.${index}`,
      port: 5060,
      netmask: 32,
      inboundEnabled: true,
      outboundEnabled: true,
      outboundProtocol: 'udp',
      optionsPingEnabled: false,
    }));
    const body = { provider: 'byo-sip-trunk', credential: { gateways } };
    expect((await acme.post('/api/credentials', body)).status).toBe(201);
  });

  test('is told at the field as long as there are not too many', async () => {
    const acme = await api.organization();
    const body = { provider: 'byo-sip-trunk', credential: { gateways: many(65, { ip: '198.51.100.7' }) } };
    expect(pathsOf(problemOf(await acme.post('/api/credentials', body), 'VALIDATION_FAILED'))).toEqual([
      'credential.gateways',
    ]);
  });
});

test('Half of a character, which no database can hold, is refused at its field', async () => {
  const acme = await api.organization();
  for (const raw of ['{"name":"\\ud800"}', '{"name":"Desk","systemPrompt":"a \\udc00 b"}']) {
    const reply = await acme.request('POST', '/api/agents', { raw });
    expect(pathsOf(problemOf(reply, 'VALIDATION_FAILED'))).toHaveLength(1);
  }
});

describe("A caller's address", () => {
  const addressBehind = async (server: Api, forwarded: string) => {
    const { login } = await server.organization();
    const headers = { 'x-forwarded-for': forwarded };
    const session = bodyOf(
      await server.anonymous.post<SessionResponse>('/api/auth/login', login, { headers }),
    );
    const { items } = bodyOf(
      await server.as(session.accessToken).get<SignedInSessionList>('/api/auth/sessions'),
    );
    return items.find(({ isCurrent }) => isCurrent)?.address;
  };

  test('is that of the connection when no proxy stands in front, whatever a header says', async () => {
    expect(await addressBehind(api, '203.0.113.9')).toMatch(/127\.0\.0\.1|::1/);
  });

  test.each([
    ['true', '203.0.113.9'],
    ['2', '198.51.100.7'],
  ])('is what the proxies name, not what the client says: TRUST_PROXY=%s', async (TRUST_PROXY, address) => {
    const behind = new Api({ env: { TRUST_PROXY } });
    try {
      await behind.start();
      expect(await addressBehind(behind, '10.0.0.1, 198.51.100.7, 203.0.113.9')).toBe(address);
    } finally {
      await behind.stop();
    }
  });
});

describe('Guesses from one line', () => {
  const behind = new Api({ env: { TRUST_PROXY: 'true' } });
  beforeAll(() => behind.start());
  afterAll(() => behind.stop());

  test('count together, whichever of its IPv6 addresses they come from', async () => {
    const guess = (address: string) =>
      behind.anonymous.post(
        '/api/auth/login',
        { email: freshEmail(), password: 'a guess' },
        { headers: { 'x-forwarded-for': address } },
      );
    for (let tries = 0; tries < 100; tries++)
      expect((await guess(`2001:db8:1:2::${tries.toString(16)}`)).status).toBe(401);
    problemOf(await guess('2001:db8:1:2:ffff::1'), 'RATE_LIMITED');
    expect((await guess('2001:db8:1:3::1')).status).toBe(401);
  }, 60_000);
});

describe('What is refused', () => {
  const limited = new Api({ env: { RATE_LIMIT_PER_MINUTE: '40' } });
  beforeAll(() => limited.start());
  afterAll(() => limited.stop());

  test('counts against the limit as well, so that nobody floods the audit trail', async () => {
    const acme = await limited.organization();
    const viewer = await joinOrganization(limited, acme, 'viewer');
    const statuses: number[] = [];
    for (let tries = 0; tries < 60; tries++)
      statuses.push((await viewer.post('/api/agents', { name: 'Not mine to add' })).status);
    expect(statuses.slice(0, 30)).toEqual(Array.from({ length: 30 }, () => 403));
    expect(statuses.at(-1)).toBe(429);
    const { items } = bodyOf(await acme.get<AuditPage>('/api/audit?outcome=refused&limit=100'));
    expect(items.length).toBeLessThanOrEqual(40);
  });
});

describe('An installation that is reached over TLS', () => {
  const secure = new Api({ env: { PUBLIC_URL: 'https://voxreach.example' } });
  beforeAll(() => secure.start());
  afterAll(() => secure.stop());

  test('has its cookie under a name that no sister host can set', async () => {
    const { login } = await secure.organization();
    const reply = await secure.anonymous.post<SessionResponse>('/api/auth/login', login);
    const [cookie = '', ...attributes] = (reply.headers.getSetCookie()[0] ?? '').toLowerCase().split('; ');
    expect(cookie).toMatch(/^__host-voxreach_refresh=/);
    expect(attributes).toEqual(expect.arrayContaining(['path=/', 'secure', 'httponly', 'samesite=strict']));
    expect(attributes.join()).not.toContain('domain');
  });

  test('takes the refresh token from there alone', async () => {
    const { login } = await secure.organization();
    const reply = await secure.anonymous.post<SessionResponse>('/api/auth/login', login);
    const token = /=([^;]+)/.exec(reply.headers.getSetCookie()[0] ?? '')?.[1] ?? '';
    const refresh = (cookie: string) =>
      secure.anonymous.post<SessionResponse>('/api/auth/refresh', undefined, { headers: { cookie } });
    problemOf(await refresh(`voxreach_refresh=${token}`), 'UNAUTHENTICATED');
    const renewed = await refresh(`__Host-voxreach_refresh=${token}`);
    expect(renewed.status).toBe(200);
    const out = await secure.as(renewed.body.accessToken).post('/api/auth/logout');
    expect(out.headers.getSetCookie()[0]).toMatch(/^__Host-voxreach_refresh=;.*Path=\/;.*Secure/i);
  });
});

describe('Invitations', () => {
  const preview = (token: string) => api.anonymous.post('/api/auth/invitations/preview', { token });

  test('of somebody who was removed lead nowhere, and that is written down', async () => {
    const acme = await api.organization();
    const admin = await joinOrganization(api, acme, 'admin');
    const { invitation, token } = await invite(admin, freshEmail(), 'admin');
    expect((await acme.delete(`/api/members/${admin.session.user.id}`)).status).toBe(204);
    problemOf(await preview(token), 'NOT_FOUND');
    const { items } = bodyOf(await acme.get<AuditPage>('/api/audit?action=invitation.revoke'));
    expect(items.map(({ target }) => target?.id)).toEqual([invitation.id]);
  });

  test.each([
    ['admin', ['NOT_FOUND', 200]],
    ['member', ['NOT_FOUND', 'NOT_FOUND']],
  ] as const)('of an owner who becomes %s are worth what that role may invite', async (role, outcomes) => {
    const acme = await api.organization();
    const owner = await joinOrganization(api, acme, 'owner');
    const tokens = [await invite(owner, freshEmail(), 'owner'), await invite(owner, freshEmail(), 'viewer')];
    expect((await acme.patch(`/api/members/${owner.session.user.id}`, { role })).status).toBe(200);
    const found = [];
    for (const { token } of tokens) {
      const reply = await preview(token);
      found.push(reply.status === 200 ? 200 : problemOf(reply, 'NOT_FOUND').code);
    }
    expect(found).toEqual(outcomes);
  });

  test('of others stay as they are', async () => {
    const acme = await api.organization();
    const admin = await joinOrganization(api, acme, 'admin');
    const { token } = await invite(acme);
    await acme.delete(`/api/members/${admin.session.user.id}`);
    expect((await preview(token)).status).toBe(200);
    const { items } = bodyOf(await acme.get<{ items: NewInvitationResponse[] }>('/api/invitations'));
    expect(items).toHaveLength(1);
  });
});

test('The code that confirms an authenticator app cannot be guessed without end', async () => {
  const acme = await api.organization();
  bodyOf(await acme.post('/api/auth/second-factor'));
  const guess = () => acme.post('/api/auth/second-factor/confirm', { code: '000000' });
  for (let tries = 0; tries < 10; tries++) expect((await guess()).status).toBe(400);
  problemOf(await guess(), 'RATE_LIMITED');
});

test('Wrong codes at sign-in are not forgiven because somebody gives the password elsewhere', async () => {
  const acme = await api.organization();
  await setUpSecondFactor(acme);
  for (let tries = 0; tries < 9; tries++)
    problemOf(
      await api.anonymous.post('/api/auth/login', { ...acme.login, code: 'wrong' }),
      'UNAUTHENTICATED',
    );
  expect((await acme.post('/api/auth/step-up', { password: acme.login.password })).status).toBe(200);
  const change = { currentPassword: acme.login.password, newPassword: 'aaaaaaaaaaaa' };
  problemOf(await acme.post('/api/auth/password', change), 'VALIDATION_FAILED');
  problemOf(await api.anonymous.post('/api/auth/login', { ...acme.login, code: 'wrong' }), 'UNAUTHENTICATED');
  problemOf(await api.anonymous.post('/api/auth/login', { ...acme.login, code: 'wrong' }), 'RATE_LIMITED');
});

test('After another JWT_SECRET no code of an app is right, and a recovery code still is', async () => {
  const acme = await api.organization();
  const [recoveryCode = ''] = await setUpSecondFactor(acme);
  // As good as encrypted with another key.
  await api.db.query('UPDATE users SET totp_secret = $2 WHERE id = $1', [
    acme.session.user.id,
    randomBytes(48),
  ]);
  const signIn = (code: string) => api.anonymous.post('/api/auth/login', { ...acme.login, code });
  problemOf(await signIn('123456'), 'UNAUTHENTICATED');
  expect((await signIn(recoveryCode)).status).toBe(200);
});

test('No text in a CSV file begins as a formula does, not even in full width', async () => {
  const acme = await api.organization();
  for (const name of ['=1+1', '+1+1', '-1+1', '@SUM(1)', '＝1+1', '＠SUM(1)'])
    await acme.post('/api/agents', { name });
  const { body } = await acme.get<string>('/api/audit/export', { headers: { 'user-agent': '=1+1' } });
  expect(body).toContain(`"'＝1+1"`);
  expect(body).not.toMatch(/(^|,)"[=+\-@＝＋－＠]/m);
});

describe('A browser', () => {
  test('shows and runs nothing of what is no page', async () => {
    for (const path of ['/api/health/live', '/api/openapi.json', '/api/nothing']) {
      const { headers } = await api.anonymous.get(path);
      expect(headers.get('content-security-policy')).toBe("default-src 'none';frame-ancestors 'none'");
    }
  });

  test('runs on the page of the API no script but its own', async () => {
    const { headers, body } = await api.anonymous.get<string>('/api/docs');
    expect(headers.get('content-security-policy')).toContain("script-src 'self';");
    expect(body).not.toMatch(/<script(?![^>]*\ssrc=)/);
  });
});

test("The files of the embedded database are nobody else's, also in a folder that everybody can read", async () => {
  const parent = mkdtempSync(join(tmpdir(), 'voxreach-e2e-'));
  const dataDir = join(parent, 'data');
  mkdirSync(dataDir);
  chmodSync(dataDir, 0o755);
  const server = new ServerProcess({ DATA_DIR: dataDir, PORT: '0' });
  try {
    await server.ready();
    for (const folder of ['database', 'run']) expect(statSync(join(dataDir, folder)).mode & 0o077).toBe(0);
  } finally {
    await server.end('SIGTERM');
    rmSync(parent, { recursive: true, force: true });
  }
}, 60_000);
