import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AgentPage, CredentialPage, PhoneNumberPage, SessionResponse } from '@voxreach/contracts';
import { type Api, bodyOf, type Organization, useApi } from './support/api';
import { createAgent, importNumber, IMPORTS, saveCredential } from './support/builders';
import { eventually } from './support/eventually';
import { ServerProcess } from './support/server-process';
import { serverUrl } from './support/test-database';

/** A server that is not expected to start: how it ended, and what it said. */
async function refusalOf(env: Record<string, string>): Promise<{ code: number | null; text: string }> {
  const dataDir = mkdtempSync(join(tmpdir(), 'voxreach-e2e-'));
  try {
    const server = new ServerProcess({ DATA_DIR: dataDir, PORT: '0', ...env });
    const { code } = await server.exited;
    return { code, text: server.output };
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** Starts the server that was cut off in an import: recovery takes back what it has made, and the number can be added. */
async function expectTakenBack(api: Api, acme: Organization, body: Record<string, unknown>): Promise<void> {
  // On a server of its own the database may have other processes at work, so recovery waits for the lease to end.
  if (serverUrl !== undefined)
    await api.db.query('UPDATE phone_numbers SET lease_until = now() WHERE lease_until IS NOT NULL');
  await api.launch();
  await eventually(() => {
    const { phoneNumbers } = api.sandbox.snapshot();
    expect(phoneNumbers.map(({ number }) => number)).not.toContain(body['number']);
  }, 30_000);
  await eventually(async () => expect((await acme.post('/api/phone-numbers', body)).status).toBe(201));
}

/** Begins an import that Vapi carries out without ever answering. Resolves with its request once the number is at Vapi. */
async function beginImport(
  api: Api,
  acme: Organization,
  body: Record<string, unknown>,
): Promise<{ request: Promise<unknown> }> {
  await importNumber(acme);
  api.sandbox.inject({ method: 'POST', path: /phone-number/, kind: 'hang-after' });
  const request = acme.post('/api/phone-numbers', body).catch(() => 'cut off');
  await eventually(() =>
    expect(api.sandbox.snapshot().phoneNumbers.map(({ number }) => number)).toContain(body['number']),
  );
  return { request };
}

const PRODUCTION = {
  NODE_ENV: 'production',
  VAPI_API_KEY: 'a-private-key',
  JWT_SECRET: 'a-secret-of-at-least-thirty-two-characters',
  VAPI_WEBHOOK_SECRET: 'a-webhook-secret-of-its-own',
  PUBLIC_URL: 'https://voxreach.example',
};

describe('A running server', () => {
  const api = useApi();

  test('says that it lives and is ready, to everybody', async () => {
    for (const path of ['/api/health/live', '/api/health/ready']) {
      const reply = await api.anonymous.get(path);
      expect(reply).toMatchObject({ status: 200, body: { status: 'ok' } });
      expect(Object.keys(reply.body as object)).toEqual(['status']);
    }
  });

  test('serves its OpenAPI document and a page to browse it', async () => {
    const document = await api.anonymous.get<{ openapi: string; info: object }>('/api/openapi.json');
    expect(document.status).toBe(200);
    expect(document.headers.get('content-type')).toMatch(/json/);
    expect(document.body.openapi).toMatch(/^3\./);
    const page = await api.anonymous.get<string>('/api/docs');
    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toMatch(/html/);
    expect(page.body).toContain('swagger');
  });

  test('tells no browser to keep its answers, and fences them in', async () => {
    const { headers } = await api.anonymous.get('/api/health/live');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('content-disposition')).toBe('attachment; filename="api.json"');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('writes a line a request: what it was, whose, and what came of it', async () => {
    const acme = await api.organization();
    const reply = await acme.get('/api/phone-numbers?search=very-private');
    const id = reply.headers.get('x-request-id') ?? '';
    // Written once the answer is out.
    await eventually(() => {
      const lines = api.logs.split('\n').filter((line) => line.includes(id) && line.endsWith('}'));
      expect(lines.map((line) => JSON.parse(line) as object)).toContainEqual(
        expect.objectContaining({
          msg: 'Request answered',
          method: 'GET',
          route: '/api/phone-numbers',
          status: 200,
          organizationId: acme.id,
          actor: { type: 'user', id: acme.session.user.id },
        }),
      );
    });
    expect(api.logs).not.toContain('very-private');
  });

  test('has everything again after it was stopped and started', async () => {
    const acme = await api.organization();
    const agent = await createAgent(acme);
    const credential = await saveCredential(acme, 'telnyx');
    const number = await importNumber(acme, IMPORTS.vonage({ agentId: agent.id }));
    await api.restart();
    // The session is still good, and so is the password.
    expect(bodyOf(await acme.get<PhoneNumberPage>('/api/phone-numbers')).items).toEqual([number]);
    expect(bodyOf(await acme.get<AgentPage>('/api/agents')).items).toMatchObject([{ id: agent.id }]);
    expect(bodyOf(await acme.get<CredentialPage>('/api/credentials')).items).toMatchObject([
      { id: number.credential?.id },
      { id: credential.id },
    ]);
    const login = await api.anonymous.post<SessionResponse>('/api/auth/login', acme.login);
    expect(login.body.organization.id).toBe(acme.id);
    bodyOf(await acme.patch(`/api/phone-numbers/${number.id}`, { agentId: null }));
  });

  test('has what it confirmed even after it was killed', async () => {
    const acme = await api.organization();
    const number = await importNumber(acme, IMPORTS.telnyx());
    await api.kill();
    await api.launch();
    expect(bodyOf(await acme.get<PhoneNumberPage>('/api/phone-numbers')).items).toEqual([number]);
  });

  test('ends what it was killed in the middle of', async () => {
    const acme = await api.organization();
    const body = IMPORTS.vonage();
    const { request } = await beginImport(api, acme, body);
    await api.kill();
    expect(await request).toBe('cut off');
    await expectTakenBack(api, acme, body);
  });

  test.each(['SIGTERM', 'SIGINT'] as const)('ends with exit code 0 on %s', async (signal) => {
    expect(await api.end(signal)).toEqual({ code: 0, signal: null });
    await api.launch();
  });

  test('answers the requests that it has taken before it ends', async () => {
    const acme = await api.organization();
    await importNumber(acme);
    api.sandbox.inject({ method: 'POST', path: /phone-number/, kind: 'delay', ms: 700 });
    const before = api.sandbox.requests.length;
    const request = acme.post('/api/phone-numbers', IMPORTS.twilio());
    await eventually(() => expect(api.sandbox.requests.length).toBeGreaterThan(before));
    const exit = await api.end('SIGTERM');
    await api.launch();
    expect((await request).status).toBe(201);
    expect(exit).toEqual({ code: 0, signal: null });
  });

  test('does not wait for connections on which nobody has asked for anything yet', async () => {
    const socket = connect(Number(new URL(api.url).port), '127.0.0.1');
    const closed = once(socket, 'close');
    await once(socket, 'connect');
    // An answer to a later connection shows that the server has taken this one.
    await api.anonymous.get('/api/health/live');
    expect(await api.end('SIGTERM')).toEqual({ code: 0, signal: null });
    await closed;
    await api.launch();
  }, 20_000);

  if (serverUrl === undefined) {
    test('keeps a second process out of its data folder, with a sentence', async () => {
      const second = new ServerProcess(api.env);
      expect((await second.exited).code).toBe(1);
      expect(second.output).toContain(
        `Another VoxReach process already uses the data folder ${api.database.dataDir}.`,
      );
      expect(second.output).not.toMatch(/^\s+at /m);
      expect((await api.anonymous.get('/api/health/ready')).status).toBe(200);
    });
  } else {
    test('shares its database with a second process', async () => {
      const second = new ServerProcess(api.env);
      const url = await second.ready();
      const acme = await api.organization();
      const number = await importNumber(acme);
      const reply = await fetch(`${url}/api/phone-numbers/${number.id}`, {
        headers: { authorization: `Bearer ${acme.session.accessToken}` },
      });
      expect(await reply.json()).toEqual(number);
      expect(await second.end('SIGTERM')).toEqual({ code: 0, signal: null });
    });
  }
});

describe('A server whose time for a stop is over', () => {
  const api = useApi({ env: { STOP_TIMEOUT_MS: '2000' } });

  test('cuts off what is under way, ends with exit code 0, and settles it at the next start', async () => {
    const acme = await api.organization();
    const body = IMPORTS.vonage();
    const { request } = await beginImport(api, acme, body);
    const slow = connect(Number(new URL(api.url).port), '127.0.0.1');
    slow.write('POST /api/auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{');
    slow.on('error', () => undefined);
    // An answer to a later connection shows that the server has taken this one.
    await api.anonymous.get('/api/health/live');
    expect(await api.end('SIGTERM')).toEqual({ code: 0, signal: null });
    expect(await request).toBe('cut off');
    slow.destroy();
    expect(api.logs).toContain('The stop has taken too long');
    await expectTakenBack(api, acme, body);
  });
});

describe('A server in production', () => {
  test('does not start with what a test may make up, and names every missing setting at once', async () => {
    const { code, text } = await refusalOf({ NODE_ENV: 'production' });
    expect(code).toBe(1);
    for (const name of ['VAPI_API_KEY', 'JWT_SECRET', 'VAPI_WEBHOOK_SECRET', 'PUBLIC_URL'])
      expect(text).toContain(`${name} is required in production`);
    expect(text).not.toMatch(/^\s+at /m);
  });

  test.each(['VAPI_API_KEY', 'JWT_SECRET', 'VAPI_WEBHOOK_SECRET', 'PUBLIC_URL'])(
    'does not start without %s',
    async (missing) => {
      const { code, text } = await refusalOf({ ...PRODUCTION, [missing]: '' });
      expect(code).toBe(1);
      expect(text).toContain(`${missing} is required in production`);
      expect(text.match(/is required/g)).toHaveLength(1);
    },
  );
});

test('A server with invalid settings names all of them at once, without their values', async () => {
  const invalid = {
    PORT: 'eighty',
    DATABASE_URL: 'mysql://root:hidden-password@localhost/db',
    JWT_SECRET: 'too-short-jwt',
    VAPI_WEBHOOK_SECRET: 'too-short',
    VAPI_BASE_URL: 'not an address',
    PUBLIC_URL: 'ftp://example.com',
    VAPI_ASSISTANT_MODEL: 'gpt',
    ALLOW_SIGNUP: 'perhaps',
    ALLOW_VAPI_NUMBERS: 'yes',
    LOG_LEVEL: 'loud',
    RATE_LIMIT_PER_MINUTE: '0',
    VAPI_READ_TIMEOUT_MS: '0',
    VAPI_WRITE_TIMEOUT_MS: 'soon',
    STOP_DRAIN_MS: '-1',
    STOP_TIMEOUT_MS: 'never',
    NODE_ENV: 'staging',
  };
  const { code, text } = await refusalOf(invalid);
  expect(code).toBe(1);
  for (const name of Object.keys(invalid)) expect(text).toContain(name);
  for (const value of ['hidden-password', 'too-short-jwt']) expect(text).not.toContain(value);
  expect(text).not.toMatch(/^\s+at /m);
});

test('A server whose database cannot be reached says so and ends', async () => {
  const { code, text } = await refusalOf({
    DATABASE_URL: 'postgresql://voxreach:hidden@127.0.0.1:1/voxreach',
  });
  expect(code).toBe(1);
  expect(text).toMatch(/ECONNREFUSED/);
  expect(text).not.toContain('hidden');
});
