import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NewApiKeyResponse, RecoveryCodesResponse, SessionResponse } from '@voxreach/contracts';
import { Secret } from 'otpauth';
import { bodyOf, OPERATOR, type Organization, useApi } from './support/api';
import { enroll, letCodesBeFresh } from './support/authenticator';
import { createAgent, freshNumber, importNumber } from './support/builders';
import { cookieOf, tokenIn } from './support/cookie';
import { eventually } from './support/eventually';
import { freshEmail, invite } from './support/people';

/** Of a Redis that does not answer, which the log has something to say about. */
const REDIS_PASSWORD = `redis-canary-${randomBytes(9).toString('hex')}`;

const api = useApi({
  env: {
    VAPI_READ_TIMEOUT_MS: '500',
    VAPI_WRITE_TIMEOUT_MS: '700',
    REDIS_URL: `redis://:${REDIS_PASSWORD}@127.0.0.1:9`,
  },
  sandbox: { activationMs: 500 },
});

/** Every secret that a client has entered, whatever became of it. */
const entered: string[] = [];

/** A secret that can be recognised wherever it turns up. */
function secret(marker = 'canary'): string {
  const text = `${marker}-${randomBytes(9).toString('hex')}`;
  entered.push(text);
  return text;
}

/** Credentials of each kind, with new secrets each time. `marker` goes into every one. */
const CREDENTIALS = {
  twilio: (marker?: string) => ({
    accountSid: 'AC0123456789abcdef0123456789abcdef',
    authToken: secret(marker),
    apiKey: secret(marker),
    apiSecret: secret(marker),
  }),
  vonage: (marker?: string) => ({ apiKey: secret(marker), apiSecret: secret(marker) }),
  telnyx: (marker?: string) => ({ apiKey: secret(marker) }),
  'byo-sip-trunk': (marker?: string) => ({
    gateways: [{ ip: marker === 'refused' ? '203.0.113.99' : '198.51.100.7' }],
    outboundAuthenticationPlan: { authUsername: 'trunk', authPassword: secret(marker) },
  }),
};

const KINDS = ['twilio', 'vonage', 'telnyx', 'byo-sip-trunk'] as const;
type Kind = (typeof KINDS)[number];

const providerOf = (kind: Kind) => (kind === 'byo-sip-trunk' ? 'byo-phone-number' : kind);

const bodyFor = (kind: Kind, fields: object = {}) => ({
  provider: providerOf(kind),
  number: freshNumber(),
  credential: CREDENTIALS[kind](),
  ...fields,
});

/** The texts that a place where secrets must not be is searched for: as they are, and in the usual wrappings. */
function wrappingsOf(text: string): string[] {
  const bytes = Buffer.from(text);
  return [
    text,
    bytes.toString('hex'),
    bytes.toString('base64').replace(/=+$/, ''),
    bytes.toString('base64url'),
  ];
}

function expectNone(place: string, content: string, secrets: readonly string[]): void {
  for (const text of secrets)
    for (const wrapped of wrappingsOf(text)) {
      const at = content.indexOf(wrapped);
      if (at >= 0)
        throw new Error(
          `A secret (${text}) stands in ${place}: …${content.slice(Math.max(0, at - 200), at)}`,
        );
    }
}

async function succeed(acme: Organization, kind: Kind): Promise<void> {
  const agent = await createAgent(acme);
  await acme.post('/api/credentials', { provider: kind, credential: CREDENTIALS[kind]() });
  const headers = { 'idempotency-key': `${kind} ${randomBytes(4).toString('hex')}` };
  const body = bodyFor(kind, { agentId: agent.id, fallbackNumber: '+4930123456' });
  const first = await acme.post<{ id: string }>('/api/phone-numbers', body, { headers });
  await acme.post('/api/phone-numbers', body, { headers });
  await acme.post('/api/phone-numbers', { ...body, name: 'Other' }, { headers });
  const { id } = bodyOf(first);
  await acme.get(`/api/phone-numbers/${id}`);
  await acme.patch(`/api/phone-numbers/${id}`, { name: 'New', agentId: null, fallbackNumber: null });
  await acme.delete(
    `/api/phone-numbers/${(await importNumber(acme, bodyFor(kind))).id}?deleteCredential=true`,
  );
}

/** Everything that goes wrong with what a client sends. */
async function beRefused(acme: Organization, kind: Kind): Promise<void> {
  const misplaced = {
    unknownField: secret(),
    name: { text: secret() },
    number: secret(),
    fallbackNumber: secret(),
    agentId: secret(),
    credentialId: secret(),
  };
  const bodies = [
    bodyFor(kind, misplaced),
    bodyFor(kind, { credential: CREDENTIALS[kind]('refused') }),
    bodyFor(kind, { number: '+12025550404' }),
    bodyFor(kind, { number: api.sandbox.operatorNumber }),
    bodyFor(kind, { credential: { ...CREDENTIALS[kind](), extra: secret() } }),
    bodyFor(kind, { credential: [CREDENTIALS[kind]()] }),
    bodyFor(kind, { provider: secret() }),
  ];
  for (const body of bodies) {
    await acme.post('/api/phone-numbers', body, {
      headers: { 'idempotency-key': randomBytes(4).toString('hex') },
    });
    await acme.post('/api/credentials', { ...body, provider: kind });
  }
  const raw = JSON.stringify(bodyFor(kind));
  await acme.post('/api/phone-numbers', undefined, { raw: raw.slice(0, -2) });
  await acme.post('/api/phone-numbers', undefined, { raw: raw.replace('":', '" :"\\u0000" ,"x":') });
  await acme.post('/api/phone-numbers', undefined, { raw, headers: { 'content-type': 'text/plain' } });
  await acme.post('/api/phone-numbers', undefined, { raw: `${raw}${' '.repeat(300_000)}` });
}

/** Everything that goes wrong at Vapi, which quotes what it was sent. */
async function meetOutages(acme: Organization, kind: Kind): Promise<void> {
  for (const path of [/^\/credential$/, /^\/phone-number$/]) {
    for (const status of [400, 401, 409, 429, 500]) {
      const body = bodyFor(kind);
      api.sandbox.inject({
        kind: 'status',
        status,
        method: 'POST',
        path,
        message: [`Could not use ${JSON.stringify(body.credential)} with ${OPERATOR.vapiKey}`],
      });
      await acme.post('/api/phone-numbers', body);
      api.sandbox.clearFaults();
    }
    for (const fault of ['hang', 'hang-after', 'reset', 'garbage', 'missing-id'] as const) {
      api.sandbox.inject({ kind: fault, method: 'POST', path });
      await acme.post('/api/phone-numbers', bodyFor(kind));
      api.sandbox.clearFaults();
    }
  }
}

async function meetFailuresOfOurs(acme: Organization): Promise<void> {
  await api.db.query('ALTER TABLE phone_numbers RENAME TO phone_numbers_away');
  try {
    for (const kind of KINDS) await acme.post('/api/phone-numbers', bodyFor(kind));
  } finally {
    await api.db.query('ALTER TABLE phone_numbers_away RENAME TO phone_numbers');
  }
  await api.db.query('ALTER TABLE credentials RENAME TO credentials_away');
  try {
    for (const kind of KINDS)
      await acme.post('/api/credentials', { provider: kind, credential: CREDENTIALS[kind]() });
  } finally {
    await api.db.query('ALTER TABLE credentials_away RENAME TO credentials');
  }
}

async function receiveWebhooks(): Promise<void> {
  const { phoneNumbers } = api.sandbox.snapshot();
  const numbers = phoneNumbers.filter(({ server }) => server?.url !== undefined);
  for (const { id } of numbers.slice(0, 8)) {
    await api.sandbox.sendWebhook(id, { type: 'assistant-request' });
    await api.sandbox.sendWebhook(id, { type: 'status-update', status: 'ended' });
  }
  await api.anonymous.post(
    '/api/webhooks/vapi',
    { message: { type: 'assistant-request', phoneNumber: numbers[0] } },
    { headers: { 'x-vapi-secret': secret() } },
  );
  await api.anonymous.post('/api/webhooks/vapi', undefined, {
    raw: JSON.stringify({ message: numbers[0] }).slice(0, -3),
    headers: { 'x-vapi-secret': OPERATOR.webhookSecret },
  });
}

/** A secret of ours, which one answer shows, or none. */
interface OwnSecret {
  text: string;
  shownBy: RegExp | undefined;
}

const own: OwnSecret[] = [];

const OPERATORS = [...Object.values(OPERATOR), REDIS_PASSWORD];

const everySecret = (): string[] => [...entered, ...own.map(({ text }) => text), ...OPERATORS];

const keep = (text: string, shownBy?: RegExp): string => {
  own.push({ text, shownBy });
  return text;
};

const LOGIN = /^POST \/api\/auth\/login 200 /;

async function signIn(login: object): Promise<string> {
  const reply = await api.anonymous.post<SessionResponse>('/api/auth/login', login);
  bodyOf(reply);
  const cookie = cookieOf(reply);
  keep(tokenIn(cookie), LOGIN);
  return cookie;
}

/** Everything that an account can have that is secret, made, used and replaced. */
async function haveSecretsOfOurs(): Promise<void> {
  const acme = await api.organization();
  keep(acme.session.accessToken, /^POST \/api\/auth\/register 201 /);
  const cookie = await signIn({ ...acme.login, password: keep(acme.login.password) });
  const refreshed = await api.anonymous.post<SessionResponse>('/api/auth/refresh', undefined, {
    headers: { cookie },
  });
  keep(tokenIn(cookieOf(refreshed)), /^POST \/api\/auth\/refresh 200 /);
  await api.anonymous.post('/api/auth/refresh', undefined, { headers: { cookie } });

  const password = keep(`new-canary-${randomBytes(9).toString('hex')}`);
  await acme.post('/api/auth/password', { currentPassword: secret(), newPassword: password });
  await acme.post('/api/auth/password', { currentPassword: acme.login.password, newPassword: password });
  const login = { ...acme.login, password };

  const { app, setup, recoveryCodes } = await enroll(acme);
  keep(setup.secret, /^POST \/api\/auth\/second-factor 201 /);
  keep(Buffer.from(Secret.fromBase32(app.secret).bytes).toString('hex'));
  for (const code of recoveryCodes) keep(code, /^POST \/api\/auth\/second-factor\/confirm 200 /);
  await letCodesBeFresh(api.db, acme);
  await api.anonymous.post('/api/auth/login', { ...login, code: secret().slice(0, 40) });
  await signIn({ ...login, code: recoveryCodes[0] });
  await acme.post('/api/auth/step-up', { code: recoveryCodes[1] });
  await acme.post('/api/auth/step-up', { password: secret() });
  const replaced = await acme.post<RecoveryCodesResponse>('/api/auth/second-factor/recovery-codes');
  for (const code of bodyOf(replaced).recoveryCodes)
    keep(code, /^POST \/api\/auth\/second-factor\/recovery-codes 200 /);

  const made = await acme.post<NewApiKeyResponse>('/api/api-keys', {
    name: 'Script',
    scopes: ['agents:read', 'agents:write'],
  });
  const { key, prefix } = bodyOf(made);
  keep(key.slice(prefix.length), /^POST \/api\/api-keys 201 /);
  await createAgent(acme);
  await api.as(key).get('/api/agents');
  await api.as(key).post('/api/agents', { name: 'By a program' });
  await api.as(key).get('/api/phone-numbers');
  await api.as(`vrx_${secret()}`).get('/api/agents');
  await acme.get('/api/api-keys');

  const email = freshEmail();
  const { token } = await invite(acme, email);
  keep(token, /^POST \/api\/invitations 201 /);
  const accept = (body: object) => api.anonymous.post('/api/auth/invitations/accept', { token, ...body });
  await api.anonymous.post('/api/auth/invitations/preview', { token });
  await api.anonymous.post('/api/auth/invitations/preview', { token: secret() });
  await accept({ password: secret() });
  await accept({ name: 'Nora New', password: keep(`joining-canary-${randomBytes(9).toString('hex')}`) });
  await accept({ name: 'Too late', password: secret() });
  const again = await invite(acme, freshEmail());
  keep(again.token, /^POST \/api\/invitations 201 /);

  for (const path of ['audit', 'audit/export', 'invitations', 'members', 'auth/sessions', 'auth/me'])
    await acme.get(`/api/${path}`);
  for (const path of ['openapi.json', 'docs']) await api.anonymous.get(`/api/${path}`);
}

beforeAll(async () => {
  const acme = await api.organization();
  for (const kind of KINDS) {
    await succeed(acme, kind);
    await beRefused(acme, kind);
    await meetOutages(acme, kind);
  }
  await meetFailuresOfOurs(acme);
  await receiveWebhooks();
  // Wrong passwords and tokens are secrets too: they are often the right ones of somewhere else.
  await api.anonymous.post('/api/auth/login', { ...acme.login, password: secret() });
  await api.anonymous.post('/api/auth/login', { email: acme.login.email, password: { text: secret() } });
  await api.as(secret()).get('/api/agents');
  await api.anonymous.get(`/api/agents?token=${secret()}`);
  await api.anonymous.post('/api/auth/refresh', undefined, {
    headers: { cookie: `voxreach_refresh=${secret()}` },
  });
  await haveSecretsOfOurs();
  for (const path of ['audit', 'audit/export', 'phone-numbers', 'credentials'])
    await acme.get(`/api/${path}`);
  // Jobs that were begun have run, or are waiting in the database.
  await eventually(async () => {
    const { rows } = await api.db.query(
      `SELECT 1 FROM phone_numbers WHERE status = 'activating' AND lifecycle = 'live'`,
    );
    expect(rows).toEqual([]);
  }, 60_000);
}, 240_000);

test('The flows have brought secrets to Vapi, so there was something to find', () => {
  const vapi = JSON.stringify([api.sandbox.snapshot(), api.sandbox.requests]);
  expect(entered.length).toBeGreaterThan(200);
  expect(entered.filter((text) => vapi.includes(text)).length).toBeGreaterThan(100);
});

test('No table holds a secret, in whatever column', async () => {
  const { rows: tables } = await api.db.query<{ name: string }>(
    `SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.tables
     WHERE table_schema NOT IN ('pg_catalog', 'information_schema')`,
  );
  expect(tables.map(({ name }) => name)).toEqual(
    expect.arrayContaining([
      'public.phone_numbers',
      'public.idempotency_keys',
      'public.audit_entries',
      'public.users',
      'jobs.job',
    ]),
  );
  for (const { name } of tables) {
    const { rows } = await api.db.query<{ line: string }>(`SELECT t::text AS line FROM ${name} t`);
    const content = rows.map(({ line }) => line).join('\n');
    expectNone(name, content, everySecret());
  }
});

test('No answer holds a secret', () => {
  expect(api.answers.length).toBeGreaterThan(150);
  // A query that a client sent comes back in no answer; what is recorded of the request itself is left out.
  const answers = api.answers.map((answer) => answer.replace(/^\S+ \S+ /, '')).join('\n');
  expectNone('an answer', answers, [...entered, ...OPERATORS]);
});

test('A secret of ours is in the one answer that shows it, and in no other', () => {
  expect(own.length).toBeGreaterThan(30);
  for (const { text, shownBy } of own) {
    const showing = api.answers.filter((answer) => wrappingsOf(text).some((each) => answer.includes(each)));
    const routes = showing.map((answer) => answer.split(' ', 2).join(' '));
    expect({ text, routes }).toEqual({ text, routes: shownBy === undefined ? [] : [expect.any(String)] });
    if (shownBy !== undefined) expect(showing[0]).toMatch(shownBy);
  }
});

test('The refusals of carriers are told of, so there was something to find in the audit trail', async () => {
  const { rows } = await api.db.query<{ refusals: number }>(
    `SELECT count(*)::int AS refusals FROM audit_entries
     WHERE action = 'phone_number.import' AND outcome = 'refused'`,
  );
  expect(rows[0]?.refusals).toBeGreaterThan(10);
});

test('No file in the data folder holds a secret, when the server has stopped as well', async () => {
  await api.end('SIGTERM');
  const { dataDir } = api.database;
  const files = readdirSync(dataDir, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  for (const file of files) {
    const path = join(file.parentPath, file.name);
    expectNone(path, readFileSync(path, 'latin1'), everySecret());
  }
});

// Last, since a server that has stopped has written all it had to say.
test('No log line holds a secret', () => {
  expect(api.logs.split('\n').length).toBeGreaterThan(150);
  expect(api.logs).toContain('Redis cannot be reached');
  expectNone('the logs', api.logs, everySecret());
});
