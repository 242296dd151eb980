import type {
  MeResponse,
  NewApiKeyResponse,
  OrganizationResponse,
  RecoveryCodesResponse,
  SecondFactorSetupResponse,
  SessionResponse,
  StepUpResponse,
} from '@voxreach/contracts';
import { API_KEY_SCOPES } from '@voxreach/contracts';
import { bodyOf, type Organization, useApi } from './support/api';
import { Authenticator, enroll, letCodesBeFresh, letProofBeOld } from './support/authenticator';
import { freshNumber, importNumber, IMPORTS, randomId, saveCredential } from './support/builders';
import { invite, join, joinWithAccount } from './support/people';
import { pathsOf, problemOf } from './support/problem';

const api = useApi({ env: { TRUST_PROXY: 'true' } });

let addresses = 0;
const freshAddress = () => ({ 'x-forwarded-for': `203.0.113.${++addresses % 250}` });

const signIn = (login: object) =>
  api.anonymous.post<SessionResponse>('/api/auth/login', login, { headers: freshAddress() });

const stepUp = (person: Organization, body: object) =>
  person.post<StepUpResponse>('/api/auth/step-up', body, { headers: freshAddress() });

const hasSecondFactor = async (person: Organization) =>
  bodyOf(await person.get<MeResponse>('/api/auth/me')).hasSecondFactor;

/** Somebody with a second factor, whose app shows a code that was not used yet. */
async function enrolled() {
  const acme = await api.organization();
  const { app, recoveryCodes } = await enroll(acme);
  await letCodesBeFresh(api.db, acme);
  return { acme, app, recoveryCodes, login: acme.login };
}

/** Right in form and never right: not the code of any step that counts now. */
async function wrongCode(app: Authenticator): Promise<string> {
  const right = await Promise.all([-2, -1, 0, 1, 2].map((steps) => app.code(steps)));
  const wrong = ['000000', '111111', '222222', '333333', '444444', '555555'];
  return wrong.find((code) => !right.includes(code)) ?? '';
}

describe('Setting up a second factor', () => {
  test('gives a secret and an address for an authenticator app, and asks for nothing yet', async () => {
    const acme = await api.organization();
    const reply = await acme.post<SecondFactorSetupResponse>('/api/auth/second-factor');
    expect(reply.status).toBe(201);
    expect(reply.headers.get('cache-control')).toBe('no-store');
    expect(reply.body.secret).toMatch(/^[A-Z2-7]{32}$/);
    const uri = new URL(reply.body.uri);
    expect([uri.protocol, uri.host]).toEqual(['otpauth:', 'totp']);
    expect(decodeURIComponent(uri.pathname)).toContain(acme.login.email);
    expect(Object.fromEntries(uri.searchParams)).toMatchObject({
      secret: reply.body.secret,
      issuer: 'VoxReach',
    });
    expect(await hasSecondFactor(acme)).toBe(false);
    expect((await signIn(acme.login)).status).toBe(200);
  });

  test('counts once a code of the app was given, and gives ten recovery codes', async () => {
    const acme = await api.organization();
    const { recoveryCodes } = await enroll(acme);
    expect(await hasSecondFactor(acme)).toBe(true);
    expect(new Set(recoveryCodes).size).toBe(10);
    for (const code of recoveryCodes) expect(code).toMatch(/^([a-z2-7]{4}-){5}[a-z2-7]{4}$/);
  });

  test('does not count with a wrong code, which is said at the field', async () => {
    const acme = await api.organization();
    const { secret } = bodyOf(await acme.post<SecondFactorSetupResponse>('/api/auth/second-factor'));
    const code = await wrongCode(new Authenticator(secret));
    const reply = await acme.post('/api/auth/second-factor/confirm', { code });
    expect(pathsOf(problemOf(reply, 'VALIDATION_FAILED'))).toEqual(['code']);
    expect(await hasSecondFactor(acme)).toBe(false);
  });

  test('can be begun again, after which the secret of before is worth nothing', async () => {
    const acme = await api.organization();
    const begin = async () =>
      new Authenticator(bodyOf(await acme.post<SecondFactorSetupResponse>('/api/auth/second-factor')).secret);
    const [first, second] = [await begin(), await begin()];
    const confirm = (code: string) => acme.post('/api/auth/second-factor/confirm', { code });
    problemOf(await confirm(await first.code()), 'VALIDATION_FAILED');
    expect((await confirm(await second.code())).status).toBe(200);
  });

  test('is refused while there is one, and cannot be confirmed twice', async () => {
    const { acme, app } = await enrolled();
    problemOf(await acme.post('/api/auth/second-factor'), 'CONFLICT');
    const again = await acme.post('/api/auth/second-factor/confirm', { code: await app.code() });
    problemOf(again, 'VALIDATION_FAILED');
  });

  test('keeps the secret out of the database, and the recovery codes too', async () => {
    const acme = await api.organization();
    const { app, recoveryCodes } = await enroll(acme);
    const { rows } = await api.db.query<{ row: string }>(
      'SELECT u::text AS row FROM users u UNION ALL SELECT r::text FROM recovery_codes r',
    );
    const everything = rows.map(({ row }) => row).join('\n');
    const { Secret } = await import('otpauth');
    expect(everything).not.toContain(app.secret);
    expect(everything).not.toContain(Secret.fromBase32(app.secret).hex.toLowerCase());
    for (const code of recoveryCodes) {
      const plain = code.replaceAll('-', '');
      expect(everything).not.toContain(plain);
      expect(everything).not.toContain(Buffer.from(plain).toString('hex'));
    }
  });
});

describe('Somebody with a second factor who signs in', () => {
  test('is asked for the code once the password was right, and not before', async () => {
    const { login, app } = await enrolled();
    problemOf(await signIn({ ...login, password: 'a wrong guess' }), 'UNAUTHENTICATED');
    const asked = await signIn(login);
    problemOf(asked, 'SECOND_FACTOR_REQUIRED');
    expect(asked.headers.getSetCookie()).toEqual([]);
    expect((await signIn({ ...login, code: await app.code() })).status).toBe(200);
  });

  test('learns nothing of the code with a wrong password', async () => {
    const { login, app } = await enrolled();
    const code = await app.code();
    const wrong = await signIn({ ...login, password: 'a wrong guess', code });
    expect(problemOf(wrong, 'UNAUTHENTICATED').errors).toBeUndefined();
    // It was not spent.
    expect((await signIn({ ...login, code })).status).toBe(200);
  });

  test('cannot use a code twice, nor an older one after it', async () => {
    const { login, app } = await enrolled();
    const [older, code] = [await app.code(-1), await app.code()];
    expect((await signIn({ ...login, code })).status).toBe(200);
    for (const spent of [code, older]) {
      const problem = problemOf(await signIn({ ...login, code: spent }), 'UNAUTHENTICATED');
      expect(pathsOf(problem)).toEqual(['code']);
    }
  });

  test('uses a code once, also at the same moment', async () => {
    const { login, app } = await enrolled();
    const code = await app.code();
    const replies = await Promise.all([1, 2, 3].map(() => signIn({ ...login, code })));
    expect(replies.map(({ status }) => status).toSorted()).toEqual([200, 401, 401]);
  });

  test.each([-1, 1])('may have a clock that is %d step off', async (steps) => {
    const { login, app } = await enrolled();
    expect((await signIn({ ...login, code: await app.code(steps) })).status).toBe(200);
  });

  test.each([-2, 2])('may not have one that is %d steps off', async (steps) => {
    const { login, app } = await enrolled();
    problemOf(await signIn({ ...login, code: await app.code(steps) }), 'UNAUTHENTICATED');
  });

  test('may use a recovery code instead, once, however it is written', async () => {
    const { login, recoveryCodes } = await enrolled();
    const [first = '', second = ''] = recoveryCodes;
    expect((await signIn({ ...login, code: first })).status).toBe(200);
    problemOf(await signIn({ ...login, code: first }), 'UNAUTHENTICATED');
    const spoken = ` ${second.replaceAll('-', ' ').toUpperCase()} `;
    expect((await signIn({ ...login, code: spoken })).status).toBe(200);
  });

  test("cannot use another person's recovery code", async () => {
    const [one, other] = [await enrolled(), await enrolled()];
    const code = other.recoveryCodes[0];
    problemOf(await signIn({ ...one.login, code }), 'UNAUTHENTICATED');
    expect((await signIn({ ...other.login, code })).status).toBe(200);
  });

  test('waits after ten wrong codes', async () => {
    const { login, app } = await enrolled();
    const code = await wrongCode(app);
    for (let failure = 0; failure < 10; failure++)
      problemOf(await signIn({ ...login, code }), 'UNAUTHENTICATED');
    const reply = await signIn({ ...login, code: await app.code() });
    problemOf(reply, 'RATE_LIMITED');
    expect(Number(reply.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  test('cannot go on guessing codes by giving the password alone in between', async () => {
    const { login, app } = await enrolled();
    const code = await wrongCode(app);
    for (let failure = 0; failure < 10; failure++) {
      problemOf(await signIn(login), 'SECOND_FACTOR_REQUIRED');
      problemOf(await signIn({ ...login, code }), 'UNAUTHENTICATED');
    }
    problemOf(await signIn({ ...login, code }), 'RATE_LIMITED');
    problemOf(await signIn(login), 'RATE_LIMITED');
  });

  test('may be asked for the code as often as they like', async () => {
    const { login } = await enrolled();
    for (let time = 0; time < 15; time++) problemOf(await signIn(login), 'SECOND_FACTOR_REQUIRED');
  });
});

describe('Somebody with a second factor', () => {
  test('makes new recovery codes, and the ones before are worth nothing', async () => {
    const { acme, login, recoveryCodes: before } = await enrolled();
    const reply = await acme.post<RecoveryCodesResponse>('/api/auth/second-factor/recovery-codes');
    expect(reply.status).toBe(200);
    const after = reply.body.recoveryCodes;
    expect(after.filter((code) => before.includes(code))).toEqual([]);
    problemOf(await signIn({ ...login, code: before[0] }), 'UNAUTHENTICATED');
    expect((await signIn({ ...login, code: after[0] })).status).toBe(200);
  });

  test('removes it, and is asked for no code any more', async () => {
    const { acme, login, recoveryCodes } = await enrolled();
    expect((await acme.delete('/api/auth/second-factor')).status).toBe(204);
    expect(await hasSecondFactor(acme)).toBe(false);
    expect((await signIn(login)).status).toBe(200);
    problemOf(await acme.post('/api/auth/second-factor/recovery-codes'), 'CONFLICT');
    const { rows } = await api.db.query(
      `SELECT 1 FROM users WHERE id = $1 AND totp_secret IS NOT NULL
       UNION ALL SELECT 1 FROM recovery_codes WHERE user_id = $1`,
      [acme.session.user.id],
    );
    expect(rows).toEqual([]);
    expect(recoveryCodes).toHaveLength(10);
  });

  test('can set up another one after that', async () => {
    const { acme } = await enrolled();
    await acme.delete('/api/auth/second-factor');
    await enroll(acme);
    expect(await hasSecondFactor(acme)).toBe(true);
  });

  test('goes on signing in after the server has started again', async () => {
    const { login, app } = await enrolled();
    await api.restart();
    expect((await signIn({ ...login, code: await app.code() })).status).toBe(200);
  });
});

describe('An organisation that requires a second factor', () => {
  const require = (person: Organization, requiresSecondFactor = true) =>
    person.patch<OrganizationResponse>('/api/organization/security', { requiresSecondFactor });

  /** With an owner who has one. */
  async function strict() {
    const acme = await api.organization('Acme');
    await enroll(acme);
    expect((await require(acme)).body).toMatchObject({ id: acme.id, requiresSecondFactor: true });
    return acme;
  }

  const needsOne = async (person: Organization) =>
    bodyOf(await person.get<MeResponse>('/api/auth/me')).needsSecondFactor;

  test('is made so by an owner who has one, and by nobody else', async () => {
    const acme = await api.organization();
    expect(problemOf(await require(acme), 'CONFLICT').detail).toMatch(/^Set up your own second factor/);
    const admin = await join(api, acme, 'admin');
    await enroll(admin);
    problemOf(await require(admin), 'FORBIDDEN');
    await enroll(acme);
    await require(acme);
    expect((await admin.get('/api/organization')).body).toMatchObject({ requiresSecondFactor: true });
  });

  test.each([{}, { requiresSecondFactor: 'yes' }, { requiresSecondFactor: null }])(
    'is not made so by %j',
    async (body) => {
      const reply = await (await strict()).patch('/api/organization/security', body);
      expect(pathsOf(problemOf(reply, 'VALIDATION_FAILED'))).toEqual(['requiresSecondFactor']);
    },
  );

  test('opens to a member with the code that sets one up, and not earlier', async () => {
    const acme = await api.organization();
    const nora = await join(api, acme, 'member');
    await enroll(acme);
    expect((await nora.get('/api/agents')).status).toBe(200);
    await require(acme);
    const refused = problemOf(await nora.get('/api/agents'), 'SECOND_FACTOR_SETUP_REQUIRED');
    expect(refused).toMatchObject({ status: 403, detail: expect.stringMatching(/Set one up/) });
    expect(await needsOne(nora)).toBe(true);
    await nora.post('/api/auth/second-factor');
    problemOf(await nora.get('/api/agents'), 'SECOND_FACTOR_SETUP_REQUIRED');
    await enroll(nora);
    expect((await nora.get('/api/agents')).status).toBe(200);
    expect(await needsOne(nora)).toBe(false);
  });

  test('leaves a session in another organisation as it is', async () => {
    const [acme, globex] = [await strict(), await api.organization('Globex')];
    await joinWithAccount(api, acme, globex, 'viewer');
    expect((await globex.get('/api/agents')).status).toBe(200);
    const { accessToken } = bodyOf(
      await globex.post<SessionResponse>('/api/auth/switch', { organizationId: acme.id }),
    );
    problemOf(await api.as(accessToken).get('/api/agents'), 'SECOND_FACTOR_SETUP_REQUIRED');
  });

  test('is one that nobody removes theirs in, until it is left to each member again', async () => {
    const acme = await strict();
    const refused = problemOf(await acme.delete('/api/auth/second-factor'), 'CONFLICT');
    expect(refused.detail).toMatch(/^The organisation Acme requires/);
    expect(await hasSecondFactor(acme)).toBe(true);
    await require(acme, false);
    expect((await acme.delete('/api/auth/second-factor')).status).toBe(204);
  });

  test('keeps a person from removing theirs while they work in another one', async () => {
    const [acme, globex] = [await strict(), await api.organization('Globex')];
    await joinWithAccount(api, acme, globex, 'viewer');
    await enroll(globex);
    problemOf(await globex.delete('/api/auth/second-factor'), 'CONFLICT');
    expect((await acme.delete(`/api/members/${globex.session.user.id}`)).status).toBe(204);
    expect((await globex.delete('/api/auth/second-factor')).status).toBe(204);
  });
});

describe('Somebody who proves who they are once more', () => {
  async function asked() {
    const person = await enrolled();
    await letProofBeOld(api.db, person.acme);
    problemOf(await person.acme.post('/api/api-keys', {}), 'STEP_UP_REQUIRED');
    return person;
  }
  const isAsked = async (person: Organization) => (await person.post('/api/api-keys', {})).status === 403;

  test('by password, is not asked again for a quarter of an hour', async () => {
    const { acme, login } = await asked();
    const reply = await stepUp(acme, { password: login.password });
    expect(reply.status).toBe(200);
    const minutes = (Date.parse(reply.body.expiresAt) - Date.now()) / 60_000;
    expect(minutes).toBeGreaterThan(14);
    expect(minutes).toBeLessThanOrEqual(15);
    expect(await isAsked(acme)).toBe(false);
  });

  test('by code, which is spent then', async () => {
    const { acme, login, app } = await asked();
    const code = await app.code();
    expect((await stepUp(acme, { code })).status).toBe(200);
    expect(await isAsked(acme)).toBe(false);
    problemOf(await signIn({ ...login, code }), 'UNAUTHENTICATED');
  });

  test('by recovery code', async () => {
    const { acme, recoveryCodes } = await asked();
    expect((await stepUp(acme, { code: recoveryCodes[0] })).status).toBe(200);
    expect(await isAsked(acme)).toBe(false);
  });

  test('is told at the field what is wrong', async () => {
    const { acme, app } = await asked();
    const wrong: [object, string][] = [
      [{ password: 'a wrong guess' }, 'password'],
      [{ code: await wrongCode(app) }, 'code'],
      [{}, 'password'],
      [{ password: 'a', code: '123456' }, 'password'],
    ];
    for (const [body, path] of wrong)
      expect(pathsOf(problemOf(await stepUp(acme, body), 'VALIDATION_FAILED'))).toEqual([path]);
    expect(await isAsked(acme)).toBe(true);
  });

  test('does so for one session alone', async () => {
    const { acme, login, app } = await asked();
    const other = api.as(bodyOf(await signIn({ ...login, code: await app.code() })).accessToken);
    await letProofBeOld(api.db, acme);
    await stepUp(acme, { password: login.password });
    problemOf(await other.post('/api/api-keys', {}), 'STEP_UP_REQUIRED');
  });

  test('waits after ten failures, of whatever kind', async () => {
    const { acme, app, login } = await asked();
    const code = await wrongCode(app);
    for (let failure = 0; failure < 5; failure++) {
      problemOf(await stepUp(acme, { code }), 'VALIDATION_FAILED');
      problemOf(await stepUp(acme, { password: 'a wrong guess' }), 'VALIDATION_FAILED');
    }
    problemOf(await stepUp(acme, { password: login.password }), 'RATE_LIMITED');
  });

  test('cannot use a code without a second factor', async () => {
    const acme = await api.organization();
    problemOf(await stepUp(acme, { code: '123456' }), 'VALIDATION_FAILED');
  });
});

describe('A quarter of an hour after somebody proved who they are', () => {
  interface Operation {
    method: string;
    path: string;
  }
  const ASKED = [
    'DELETE /api/auth/second-factor',
    'DELETE /api/credentials/{id}',
    'PATCH /api/members/{id}',
    'PATCH /api/organization/security',
    'POST /api/api-keys',
    'POST /api/auth/account/removal',
    'POST /api/auth/second-factor',
    'POST /api/auth/second-factor/recovery-codes',
    'POST /api/invitations',
  ];

  /** Every route there is. */
  async function operations(): Promise<Operation[]> {
    const { paths } = bodyOf(
      await api.anonymous.get<{ paths: Record<string, Record<string, unknown>> }>('/api/openapi.json'),
    );
    return Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => ({ method: method.toUpperCase(), path })),
    );
  }

  const addressOf = (path: string) => path.replaceAll(/\{\w+\}/g, randomId);

  /** Those that answer with STEP_UP_REQUIRED; each is asked in a session of its own, since some end it. */
  async function askedIn(all: Operation[], authenticatedAgo: string): Promise<string[]> {
    const { login } = await api.organization();
    const asked: string[] = [];
    for (const { method, path } of all) {
      const { accessToken } = bodyOf(await signIn(login));
      await api.db.query(`UPDATE sessions SET authenticated_at = now() - $1::interval`, [authenticatedAgo]);
      const reply = await api
        .as(accessToken)
        .request<{ code?: string }>(method, addressOf(path), method === 'GET' ? {} : { body: {} });
      if (reply.body?.code === 'STEP_UP_REQUIRED') asked.push(`${method} ${path}`);
    }
    return asked.toSorted();
  }

  test('they are asked for it where something dangerous is changed, and nowhere else', async () => {
    const all = await operations();
    expect(all.length).toBeGreaterThan(40);
    expect(await askedIn(all, '15 minutes')).toEqual(ASKED);
  }, 120_000);

  test('and not a minute earlier', async () => {
    const all = (await operations()).filter(({ method, path }) => ASKED.includes(`${method} ${path}`));
    expect(all).toHaveLength(ASKED.length);
    expect(await askedIn(all, '14 minutes')).toEqual([]);
  });

  test('they are asked to remove a credential with its number, and not for the number alone', async () => {
    const acme = await api.organization();
    const [one, other] = [await importNumber(acme, IMPORTS.telnyx()), await importNumber(acme)];
    await letProofBeOld(api.db, acme);
    const path = `/api/phone-numbers/${one.id}`;
    problemOf(await acme.delete(`${path}?deleteCredential=true`), 'STEP_UP_REQUIRED');
    expect((await acme.get(path)).status).toBe(200);
    expect((await acme.delete(`/api/phone-numbers/${other.id}`)).status).toBe(204);
    expect((await stepUp(acme, { password: acme.login.password })).status).toBe(200);
    expect((await acme.delete(`${path}?deleteCredential=true`)).status).toBe(204);
  });

  test('nothing has been changed by what was asked for', async () => {
    const acme = await api.organization();
    const credential = await saveCredential(acme, 'telnyx');
    const { invitation } = await invite(acme);
    await letProofBeOld(api.db, acme);
    problemOf(await acme.delete(`/api/credentials/${credential.id}`), 'STEP_UP_REQUIRED');
    problemOf(
      await acme.post('/api/invitations', { email: invitation.email, role: 'admin' }),
      'STEP_UP_REQUIRED',
    );
    expect((await acme.get('/api/credentials')).body).toMatchObject({ items: [{ id: credential.id }] });
    expect((await acme.get('/api/invitations')).body).toMatchObject({ items: [{ id: invitation.id }] });
  });

  test('their API keys are asked for nothing', async () => {
    const acme = await api.organization();
    const credential = await saveCredential(acme, 'telnyx');
    const number = await importNumber(acme, IMPORTS.telnyx({ number: freshNumber() }));
    const { key } = bodyOf(
      await acme.post<NewApiKeyResponse>('/api/api-keys', { name: 'Script', scopes: API_KEY_SCOPES }),
    );
    await letProofBeOld(api.db, acme);
    const script = api.as(key);
    expect((await script.delete(`/api/credentials/${credential.id}`)).status).toBe(204);
    expect((await script.delete(`/api/phone-numbers/${number.id}?deleteCredential=true`)).status).toBe(204);
  });
});
