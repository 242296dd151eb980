import type { SessionResponse } from '@voxreach/contracts';
import { hash } from '@node-rs/argon2';
import { bodyOf, Organization, useApi } from './support/api';
import { type Authenticator, enroll, letCodesBeFresh } from './support/authenticator';
import { IMPORTS } from './support/builders';
import { cookieOf } from './support/cookie';
import { type CommandResult, runCommand } from './support/command';
import { eventually } from './support/eventually';
import { problemOf } from './support/problem';
import { serverUrl } from './support/test-database';

const OLD = 'an old secret of more than thirty-two characters';
const NEW = 'a new secret of more than thirty-two characters';
const NEVER_USED = 'a secret that nothing was ever made with';

/** For what starts several servers, in milliseconds. */
const PATIENCE_MS = 300_000;

const env: Record<string, string> = { JWT_SECRET: OLD, JWT_SECRET_PREVIOUS: '' };
const api = useApi({ env });

/** An empty setting counts as none. */
async function serveWith(secret: string, previous = ''): Promise<void> {
  if (env['JWT_SECRET'] === secret && env['JWT_SECRET_PREVIOUS'] === previous) return;
  Object.assign(env, { JWT_SECRET: secret, JWT_SECRET_PREVIOUS: previous });
  await api.restart();
}

/** Each test begins with nobody, and the secret of before. */
beforeEach(async () => {
  await api.db.query('TRUNCATE organizations, users CASCADE');
  await serveWith(OLD);
});

const signIn = ({ login }: Organization, code?: string) =>
  api.anonymous.post<SessionResponse>('/api/auth/login', { ...login, code });

/** Signs in with a code that the app has not shown before. */
async function signInWith(app: Authenticator, person: Organization) {
  await letCodesBeFresh(api.db, person);
  return signIn(person, await app.code());
}

/** The counts in what `reseal` says, of passwords and second factors. */
const countsIn = ({ said }: CommandResult, words: RegExp) => {
  const [, passwords, secondFactors] =
    new RegExp(`${words.source}: (\\d+) passwords, (\\d+) second factors\\.`, 'm').exec(said) ?? [];
  return [Number(passwords), Number(secondFactors)];
};

const RENEWED = /^Sealed anew with JWT_SECRET/;
const CURRENT = /^Were sealed with it already/;
const UNREADABLE = /^Neither secret opens/;

describe.each(['beside a running server', 'without a server'])(
  'The secret is replaced, resealing %s',
  (situation) => {
    async function reseal(): Promise<CommandResult> {
      if (situation === 'beside a running server') return runCommand(api.env, 'reseal');
      await api.end('SIGTERM');
      try {
        return await runCommand(api.env, 'reseal');
      } finally {
        await api.launch();
      }
    }

    test(
      'and everything goes on, with both and then with the new one alone',
      async () => {
        const acme = await api.organization();
        const { app } = await enroll(acme);
        const signedIn = await signInWith(app, acme);
        const number = IMPORTS.vonage();
        const importOnce = () =>
          acme.post('/api/phone-numbers', number, { headers: { 'idempotency-key': 'import-1' } });
        const imported = await importOnce();
        expect(imported.status).toBe(201);

        await serveWith(NEW, OLD);
        expect((await acme.get('/api/auth/me')).status).toBe(200);
        const headers = { cookie: cookieOf(signedIn) };
        const renewed = bodyOf(
          await api.anonymous.post<SessionResponse>('/api/auth/refresh', undefined, { headers }),
        );
        expect((await importOnce()).body).toEqual(imported.body);
        expect((await signInWith(app, acme)).status).toBe(200);
        expect((await acme.post('/api/auth/step-up', { password: acme.login.password })).status).toBe(200);
        const globex = await api.organization('Globex');

        const first = await reseal();
        expect(first.code).toBe(0);
        expect(first.said).toMatch(/JWT_SECRET_PREVIOUS can be removed/);
        expect([countsIn(first, RENEWED), countsIn(first, CURRENT)]).toEqual([
          [1, 1],
          [1, 0],
        ]);
        const again = await reseal();
        expect([countsIn(again, RENEWED), countsIn(again, CURRENT)]).toEqual([
          [0, 0],
          [2, 1],
        ]);
        expect((await signInWith(app, acme)).status).toBe(200);

        await serveWith(NEW);
        expect((await signInWith(app, acme)).status).toBe(200);
        expect((await signIn(globex)).status).toBe(200);
        expect((await api.as(renewed.accessToken).get('/api/auth/me')).status).toBe(200);
        problemOf(await acme.get('/api/auth/me'), 'UNAUTHENTICATED');
        expect(api.logs).not.toMatch(/cannot be opened/);
      },
      PATIENCE_MS,
    );
  },
);

describe('Without the secret that something was sealed with', () => {
  test(
    'a right password is refused as a wrong one is, and the operator reads why',
    async () => {
      const acme = await api.organization();
      await serveWith(NEW);
      const wrong = await signIn(new Organization(api, acme.session, { ...acme.login, password: 'wrong' }));
      const { requestId: _ofWrong, ...asWrong } = problemOf(wrong, 'UNAUTHENTICATED');
      const { requestId: _ofRight, ...asRight } = problemOf(await signIn(acme), 'UNAUTHENTICATED');
      expect(asRight).toEqual(asWrong);
      const lines = api.logs.split('\n').filter((line) => line.includes('cannot be opened'));
      expect(lines).toHaveLength(2);
      for (const line of lines)
        expect(JSON.parse(line)).toMatchObject({
          level: 50,
          userId: acme.session.user.id,
          msg: expect.stringMatching(/neither JWT_SECRET nor JWT_SECRET_PREVIOUS is the secret/),
        });
      await serveWith(OLD);
      expect((await signIn(acme)).status).toBe(200);
    },
    PATIENCE_MS,
  );

  test('reseal counts it, changes nothing of it, and ends with 1', async () => {
    const acme = await api.organization();
    await enroll(acme);
    const kept = () => api.db.query('SELECT password_hash, totp_secret FROM users');
    const { rows: before } = await kept();
    const other = { ...api.env, JWT_SECRET: NEW, JWT_SECRET_PREVIOUS: NEVER_USED };
    const result = await runCommand(other, 'reseal');
    expect(result.code).toBe(1);
    expect([countsIn(result, RENEWED), countsIn(result, UNREADABLE)]).toEqual([
      [0, 0],
      [1, 1],
    ]);
    expect(result.said).not.toMatch(/can be removed/);
    expect((await kept()).rows).toEqual(before);
  });

  test('no command makes a login under another one', async () => {
    const acme = await api.organization();
    const other = { ...api.env, JWT_SECRET: NEVER_USED };
    const { code, said, noted } = await runCommand(other, 'reset-password', acme.login.email);
    expect([code, said, noted]).toEqual([
      1,
      '',
      expect.stringMatching(/^JWT_SECRET is not the one of this installation/),
    ]);
    expect((await signIn(acme)).status).toBe(200);
  });
});

test('An access token names its secret, and is good under no other name', async () => {
  const { session } = await api.organization();
  const [header = '', ...rest] = session.accessToken.split('.');
  const parsed = JSON.parse(Buffer.from(header, 'base64url').toString()) as object;
  expect(parsed).toEqual({ alg: 'HS256', typ: 'JWT', kid: expect.stringMatching(/^[0-9a-f]{16}$/) });
  for (const kid of ['0123456789abcdef', '', '__proto__']) {
    const other = Buffer.from(JSON.stringify({ ...parsed, kid })).toString('base64url');
    problemOf(await api.as([other, ...rest].join('.')).get('/api/auth/me'), 'UNAUTHENTICATED');
  }
});

test("A password or second factor that is copied into somebody else's row opens nothing there", async () => {
  const [ada, ben] = [await api.organization(), await api.organization()];
  const { app } = await enroll(ada);
  await enroll(ben);
  const copy = (column: string) =>
    api.db.query(`UPDATE users SET ${column} = (SELECT ${column} FROM users WHERE id = $1) WHERE id = $2`, [
      ada.session.user.id,
      ben.session.user.id,
    ]);
  await copy('totp_secret');
  problemOf(await signInWith(app, ben), 'UNAUTHENTICATED');
  await copy('password_hash');
  const asAda = new Organization(api, ben.session, { ...ben.login, password: ada.login.password });
  problemOf(await signIn(asAda), 'UNAUTHENTICATED');
});

test('The hash of a password of before hashes were sealed is good, and is sealed', async () => {
  const acme = await api.organization();
  await api.db.query(`UPDATE users SET password_hash = convert_to($1, 'UTF8')`, [
    await hash(acme.login.password),
  ]);
  expect((await signIn(acme)).status).toBe(200);
  const result = await runCommand(api.env, 'reseal');
  expect([result.code, countsIn(result, RENEWED)]).toEqual([0, [1, 0]]);
  expect((await signIn(acme)).status).toBe(200);
});

// The embedded database has one connection at work at a time: nothing can come in between there.
if (serverUrl !== undefined) {
  test('What is changed while it is sealed anew is not overwritten', async () => {
    const [acme, globex] = [await api.organization(), await api.organization()];
    const client = await api.db.connect();
    try {
      await client.query('BEGIN');
      await client.query(`UPDATE users SET password_hash = convert_to($1, 'UTF8') WHERE id = $2`, [
        await hash('another long enough password'),
        acme.session.user.id,
      ]);
      const result = runCommand({ ...api.env, JWT_SECRET: NEW, JWT_SECRET_PREVIOUS: OLD }, 'reseal');
      await eventually(async () => {
        const waiting = await api.db.query(
          `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
        );
        expect(waiting.rows).toHaveLength(1);
      });
      await client.query('COMMIT');
      expect([(await result).code, countsIn(await result, RENEWED)]).toEqual([0, [1, 0]]);
    } finally {
      client.release();
    }
    await serveWith(NEW);
    const changed = new Organization(api, acme.session, {
      ...acme.login,
      password: 'another long enough password',
    });
    expect((await signIn(changed)).status).toBe(200);
    expect((await signIn(globex)).status).toBe(200);
  });
}
