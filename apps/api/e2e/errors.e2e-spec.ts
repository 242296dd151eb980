import { ERROR_CODES, type ErrorCode, type PhoneNumberResponse, type ProviderId } from '@voxreach/contracts';
import { letProofGrowOld, setUpSecondFactor } from './support/account';
import { Api, useApi } from './support/api';
import type { Reply } from './support/client';
import { createAgent, importNumber, IMPORTS, randomId } from './support/builders';
import { eventually } from './support/eventually';
import { footprintOf } from './support/footprint';
import { pathsOf, problemOf } from './support/problem';

const api = useApi();

/** An installation with narrow limits and no free numbers. */
const strict = new Api({ env: { RATE_LIMIT_PER_MINUTE: '12', ALLOW_VAPI_NUMBERS: 'false' } });
beforeAll(() => strict.start().then(() => undefined));
afterAll(() => strict.stop());

/** What the server has logged with all these texts in one line; what it writes comes a moment later than what it answers. */
const logLinesWith = (...texts: string[]): Promise<string[]> =>
  eventually(() => {
    const lines = api.logs.split('\n').filter((line) => texts.every((text) => line.includes(text)));
    expect(lines.length).toBeGreaterThan(0);
    return lines;
  });

describe('Every code of the contract', () => {
  const asks: Record<ErrorCode, () => Promise<Reply>> = {
    VALIDATION_FAILED: async () => (await api.organization()).post('/api/agents', {}),
    UNAUTHENTICATED: () => api.anonymous.get('/api/agents'),
    SECOND_FACTOR_REQUIRED: async () => {
      const acme = await api.organization();
      await setUpSecondFactor(acme);
      return api.anonymous.post('/api/auth/login', acme.login);
    },
    FORBIDDEN: async () => (await strict.organization()).post('/api/phone-numbers', { provider: 'vapi' }),
    STEP_UP_REQUIRED: async () => {
      const acme = await api.organization();
      await letProofGrowOld(api.db, acme);
      return acme.post('/api/api-keys', { name: 'CI', scopes: ['numbers:read'] });
    },
    SECOND_FACTOR_SETUP_REQUIRED: async () => {
      const acme = await api.organization();
      await api.db.query('UPDATE organizations SET requires_second_factor = true WHERE id = $1', [acme.id]);
      return acme.get('/api/agents');
    },
    NOT_FOUND: async () => (await api.organization()).get(`/api/phone-numbers/${randomId()}`),
    CONFLICT: async () => {
      const acme = await api.organization();
      const body = IMPORTS.twilio();
      await importNumber(acme, body);
      return acme.post('/api/phone-numbers', body);
    },
    PRECONDITION_FAILED: async () => {
      const acme = await api.organization();
      const { id } = await importNumber(acme);
      return acme.delete(`/api/phone-numbers/${id}`, { headers: { 'if-match': '"stale"' } });
    },
    PAYLOAD_TOO_LARGE: async () =>
      (await api.organization()).post('/api/agents', { name: 'x'.repeat(300_000) }),
    UNSUPPORTED_MEDIA_TYPE: async () =>
      (await api.organization()).post('/api/agents', undefined, {
        raw: '<name>x</name>',
        headers: { 'content-type': 'application/xml' },
      }),
    PROVIDER_REJECTED: async () =>
      (await api.organization()).post('/api/phone-numbers', IMPORTS.twilio({ number: '+12025550404' })),
    IDEMPOTENCY_KEY_REUSED: async () => {
      const acme = await api.organization();
      const headers = { 'idempotency-key': 'one' };
      await acme.post('/api/phone-numbers', IMPORTS.twilio(), { headers });
      return acme.post('/api/phone-numbers', IMPORTS.twilio(), { headers });
    },
    RATE_LIMITED: async () => {
      const acme = await strict.organization();
      for (;;) {
        const reply = await acme.get('/api/agents');
        if (reply.status !== 200) return reply;
      }
    },
    UPSTREAM_UNAVAILABLE: async () => {
      api.sandbox.inject({ kind: 'status', status: 500, method: 'POST', path: /assistant/ });
      return (await api.organization()).post('/api/agents', { name: 'x' });
    },
    INTERNAL: async () => {
      const acme = await api.organization();
      await api.db.query('ALTER TABLE agents RENAME TO agents_away');
      try {
        return await acme.get('/api/agents');
      } finally {
        await api.db.query('ALTER TABLE agents_away RENAME TO agents');
      }
    },
  };

  test.each(ERROR_CODES)('%s has its status and the shape of a problem', async (code) => {
    problemOf(await asks[code](), code);
  });

  test('RATE_LIMITED says how long to wait', async () => {
    const reply = await asks.RATE_LIMITED();
    const seconds = Number(reply.headers.get('retry-after'));
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(60);
  });

  test('INTERNAL leaves its cause in the log, under the request id, and out of the answer', async () => {
    const problem = problemOf(await asks.INTERNAL(), 'INTERNAL');
    expect(JSON.stringify(problem)).not.toMatch(/agents|relation|prisma|select/i);
    const lines = await logLinesWith(`"requestId":"${problem.requestId}"`, '"level":50');
    expect(lines.join('\n')).toMatch(/agents/);
  });
});

test('The limit of requests counts people apart from each other, and neither webhooks nor health checks', async () => {
  const [busy, calm] = [await strict.organization('Busy'), await strict.organization('Calm')];
  let reply = await busy.get('/api/agents');
  while (reply.status === 200) reply = await busy.get('/api/agents');
  problemOf(reply, 'RATE_LIMITED');
  expect((await calm.get('/api/agents')).status).toBe(200);
  for (let request = 0; request < 15; request++) {
    expect((await strict.anonymous.get('/api/health/ready')).status).toBe(200);
    problemOf(await strict.anonymous.post('/api/webhooks/vapi', {}), 'UNAUTHENTICATED');
  }
});

test('A free number is refused where they are switched off, before Vapi is asked', async () => {
  const acme = await strict.organization();
  const { result, calls } = await strict.callsDuring(() =>
    acme.post('/api/phone-numbers', { provider: 'vapi' }),
  );
  problemOf(result, 'FORBIDDEN');
  expect(calls).toEqual([]);
  const me = await acme.get('/api/auth/me');
  expect(me.body).toMatchObject({ features: { vapiNumbers: false } });
});

describe('A body that is', () => {
  const deep = `{"name":${'['.repeat(20_000)}${']'.repeat(20_000)}}`;

  test.each([
    ['null', 'null'],
    ['a list', '[]'],
    ['a list with an object', '[{"name":"x"}]'],
    ['a text', '"name"'],
    ['a number', '7'],
    ['true', 'true'],
    ['half an object', '{"name":'],
    ['no JSON', 'name=x'],
    ['an object with __proto__', '{"__proto__":{"isAdmin":true},"name":"x"}'],
    ['an object with constructor.prototype', '{"constructor":{"prototype":{"isAdmin":true}},"name":"x"}'],
    ['an object with an unknown field', '{"isAdmin":true}'],
    ['an object with U+0000', '{"name":"a\\u0000b","email":"a\\u0000@example.com"}'],
    ['nested beyond reason', deep],
    ['an object of wrong types', '{"name":{"$ne":null},"provider":["twilio"],"email":7}'],
  ])('%s is refused by every route that takes one, and changes nothing', async (_what, raw) => {
    const acme = await api.organization();
    const agent = await createAgent(acme);
    const number = await importNumber(acme);
    const before = await footprintOf(api, acme);
    const routes = [
      ['POST', '/api/auth/register'],
      ['POST', '/api/auth/login'],
      ['POST', '/api/agents'],
      ['PATCH', `/api/agents/${agent.id}`],
      ['POST', '/api/credentials'],
      ['POST', '/api/phone-numbers'],
      ['PATCH', `/api/phone-numbers/${number.id}`],
    ] as const;
    for (const [method, path] of routes) {
      const reply = await acme.request(method, path, { raw });
      expect({ path, status: reply.status }).toEqual({ path, status: 400 });
      problemOf(reply, 'VALIDATION_FAILED');
    }
    expect(await footprintOf(api, acme)).toEqual(before);
  });

  test('missing is refused', async () => {
    const acme = await api.organization();
    for (const path of ['/api/agents', '/api/credentials', '/api/phone-numbers'])
      problemOf(await acme.post(path), 'VALIDATION_FAILED');
  });

  test('too large is refused, whatever it holds', async () => {
    const acme = await api.organization();
    for (const path of ['/api/agents', '/api/credentials', '/api/phone-numbers', '/api/auth/login'])
      problemOf(
        await acme.post(path, undefined, { raw: `{"name":"${'x'.repeat(300_000)}"}` }),
        'PAYLOAD_TOO_LARGE',
      );
  });

  test.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/xml',
    'application/vnd.api+json',
    'application/octet-stream',
  ])('of the type %s is refused', async (type) => {
    const acme = await api.organization();
    const reply = await acme.post('/api/agents', undefined, {
      raw: '{"name":"x"}',
      headers: { 'content-type': type },
    });
    problemOf(reply, 'UNSUPPORTED_MEDIA_TYPE');
  });

  test('JSON with its charset is taken', async () => {
    const acme = await api.organization();
    const reply = await acme.post('/api/agents', undefined, {
      raw: '{"name":"Zoë"}',
      headers: { 'content-type': 'application/json; charset=utf-8' },
    });
    expect(reply).toMatchObject({ status: 201, body: { name: 'Zoë' } });
  });
});

describe('An import is refused at the field that is wrong:', () => {
  test.each<[string, Record<string, unknown>, string[]]>([
    ['no provider', { number: '+12025550123' }, ['provider']],
    ['an unknown provider', { provider: 'plivo', number: '+12025550123' }, ['provider']],
    ['a provider that is a property of objects', { provider: 'constructor' }, ['provider']],
    ['a list of providers', { provider: ['twilio'] }, ['provider']],
    ['a number without a plus', IMPORTS.vonage({ number: '12025550123' }), ['number']],
    ['a number with spaces', IMPORTS.telnyx({ number: '+1 202 555 0123' }), ['number']],
    ['a number that is too long', IMPORTS.twilio({ number: '+1234567890123456' }), ['number']],
    ['a country code of 0', IMPORTS.twilio({ number: '+0123456789' }), ['number']],
    ['a number that is a number', IMPORTS.twilio({ number: 12_025_550_123 }), ['number']],
    ['no number', IMPORTS.twilio({ number: undefined }), ['number']],
    ['a name of 81 characters', IMPORTS.twilio({ name: 'x'.repeat(81) }), ['name']],
    ['an empty name', IMPORTS.twilio({ name: ' ' }), ['name']],
    ['an agent that is no id', IMPORTS.twilio({ agentId: 'front desk' }), ['agentId']],
    ['a fallback that is no number', IMPORTS.twilio({ fallbackNumber: 'voicemail' }), ['fallbackNumber']],
    ['smsEnabled as a text', IMPORTS.twilio({ smsEnabled: 'true' }), ['smsEnabled']],
    ['smsEnabled for Vonage', IMPORTS.vonage({ smsEnabled: true }), ['smsEnabled']],
    ['a webhook of the client', IMPORTS.twilio({ serverUrl: 'https://example.com' }), ['serverUrl']],
    ['a server of the client', IMPORTS.twilio({ server: {} }), ['server']],
    ['an assistant of the client', IMPORTS.twilio({ assistantId: randomId() }), ['assistantId']],
    ['another organisation', IMPORTS.twilio({ organizationId: randomId() }), ['organizationId']],
    ['a status', IMPORTS.twilio({ status: 'active' }), ['status']],
    ['an area code of four digits', { provider: 'vapi', areaCode: '4155' }, ['areaCode']],
    ['credentials for a free number', { provider: 'vapi', credential: {} }, ['credential']],
    [
      'a Twilio login of another shape',
      IMPORTS.twilio({ credential: { apiKey: 'x' } }),
      ['credential.accountSid', 'credential.apiSecret'],
    ],
    ['an empty login', IMPORTS.vonage({ credential: {} }), ['credential.apiKey', 'credential.apiSecret']],
    [
      'a foreign field in a login',
      IMPORTS.telnyx({ credential: { apiKey: 'x', apiSecret: 'y' } }),
      ['credential.apiSecret'],
    ],
    [
      'a gateway that is none',
      IMPORTS['byo-phone-number']({ credential: { gateways: ['10.0.0.1'] } }),
      ['credential.gateways', 'credential.gateways.0'],
    ],
    [
      'several faults in several gateways',
      IMPORTS['byo-phone-number']({
        credential: {
          gateways: [
            { ip: '198.51.100.7', port: 0 },
            { ip: '300.1.1.1', netmask: 8 },
          ],
        },
      }),
      ['credential.gateways.0.port', 'credential.gateways.1.ip', 'credential.gateways.1.netmask'],
    ],
    [
      'faults at every depth',
      IMPORTS['byo-phone-number']({
        fallbackNumber: 'x',
        credential: {
          gateways: [{ ip: '198.51.100.7', outboundProtocol: 'smoke' }],
          outboundAuthenticationPlan: { authUsername: 'u', sipRegisterPlan: { domain: 7 } },
        },
      }),
      [
        'credential.gateways.0.outboundProtocol',
        'credential.outboundAuthenticationPlan.sipRegisterPlan.domain',
        'fallbackNumber',
      ],
    ],
  ])('%s', async (_what, body, paths) => {
    const acme = await api.organization();
    const { result, calls } = await api.callsDuring(() => acme.post('/api/phone-numbers', body));
    expect(pathsOf(problemOf(result, 'VALIDATION_FAILED')).toSorted()).toEqual(paths);
    expect(calls).toEqual([]);
  });

  test.each<[string, Record<string, unknown>, string]>([
    ['a null name', { name: null }, 'name'],
    ['the number itself', { number: '+12025550123' }, 'number'],
    ['the provider', { provider: 'vonage' }, 'provider'],
    ['a status', { status: 'active' }, 'status'],
    ['an agent that is no id', { agentId: '' }, 'agentId'],
    ['a fallback that is no number', { fallbackNumber: '' }, 'fallbackNumber'],
  ])('so is a change: %s', async (_what, body, path) => {
    const acme = await api.organization();
    const number = await importNumber(acme);
    const reply = await acme.patch(`/api/phone-numbers/${number.id}`, body);
    expect(pathsOf(problemOf(reply, 'VALIDATION_FAILED'))).toEqual([path]);
    expect((await acme.get(`/api/phone-numbers/${number.id}`)).body).toMatchObject({ name: number.name });
  });

  test.each(['maybe', '1', 'deleteCredential'])('so is a removal: deleteCredential=%s', async (value) => {
    const acme = await api.organization();
    const number = await importNumber(acme);
    const reply = await acme.delete(`/api/phone-numbers/${number.id}?deleteCredential=${value}`);
    expect(pathsOf(problemOf(reply, 'VALIDATION_FAILED'))).toEqual(['deleteCredential']);
  });
});

describe('A time that cannot be read is refused', () => {
  test.each(['from', 'to'])('in the activity and its export: %s', async (field) => {
    const acme = await api.organization();
    for (const path of ['/api/audit', '/api/audit/export'])
      for (const time of ['2026-W10-3', '2026-045', '2026-02-03T04', 'yesterday']) {
        const reply = await acme.get(`${path}?${field}=${time}`);
        expect(pathsOf(problemOf(reply, 'VALIDATION_FAILED'))).toEqual([field]);
      }
  });

  test('of a key that would end after the year 9999', async () => {
    const acme = await api.organization();
    const body = { name: 'CI', scopes: ['agents:read'], expiresAt: '9999-12-31T23:59:59.999-23:59' };
    const reply = await acme.post('/api/api-keys', body);
    expect(pathsOf(problemOf(reply, 'VALIDATION_FAILED'))).toEqual(['expiresAt']);
  });
});

test('A half of a character is refused before anything is done with it', async () => {
  const acme = await api.organization();
  const { id } = await createAgent(acme);
  for (const path of [`/api/agents/${id}`, '/api/auth/profile', '/api/organization']) {
    const { result, calls } = await api.callsDuring(() =>
      acme.request('PATCH', path, { raw: '{"name":"\\ud83d"}' }),
    );
    expect(pathsOf(problemOf(result, 'VALIDATION_FAILED'))).toEqual(['name']);
    expect(calls).toEqual([]);
  }
});

describe('What a carrier refuses', () => {
  test.each<[string, ProviderId, Record<string, unknown>, string, RegExp]>([
    [
      'a wrong Twilio token',
      'twilio',
      { credential: { accountSid: 'AC1', authToken: 'refused' } },
      'credential.accountSid',
      /Twilio did not accept/,
    ],
    ['a number of nobody', 'twilio', { number: '+12025550404' }, 'number', /not in the Twilio account/],
    [
      'a wrong Vonage key',
      'vonage',
      { credential: { apiKey: 'refused', apiSecret: 'x' } },
      'credential.apiKey',
      /Vonage did not accept/,
    ],
    ['a number of nobody', 'vonage', { number: '+12025550404' }, 'number', /not in the Vonage account/],
    [
      'a wrong Telnyx key',
      'telnyx',
      { credential: { apiKey: 'refused' } },
      'credential.apiKey',
      /Telnyx did not/,
    ],
    ['a number of nobody', 'telnyx', { number: '+12025550404' }, 'number', /not in the Telnyx account/],
    [
      'a silent gateway',
      'byo-phone-number',
      { credential: { gateways: [{ ip: '203.0.113.99' }] } },
      'credential.gateways.0.ip',
      /could not set up this gateway/,
    ],
    [
      'a host that does not exist',
      'byo-phone-number',
      { credential: { gateways: [{ ip: 'pbx.invalid' }] } },
      'credential.gateways.0.ip',
      /could not set up this gateway/,
    ],
  ])('(%s of %s) is told at its field, and nothing is left', async (_what, provider, fields, path, words) => {
    const acme = await api.organization();
    await importNumber(acme);
    const before = await footprintOf(api, acme);
    const reply = await acme.post('/api/phone-numbers', IMPORTS[provider](fields));
    const problem = problemOf(reply, 'PROVIDER_REJECTED');
    expect(pathsOf(problem)).toEqual([path]);
    expect(problem.detail).toMatch(words);
    expect(problem.errors?.[0]?.message).toMatch(words);
    expect(await footprintOf(api, acme)).toEqual(before);
  });

  test('for a reason that nobody knows is passed on as Vapi says it, with our name of the field', async () => {
    const acme = await api.organization();
    const before = await footprintOf(api, acme);
    api.sandbox.inject({
      kind: 'status',
      status: 400,
      message: ['twilioAccountSid has been suspended for non-payment', 'the moon is full'],
      method: 'POST',
      path: /phone-number/,
    });
    const problem = problemOf(await acme.post('/api/phone-numbers', IMPORTS.twilio()), 'PROVIDER_REJECTED');
    expect(problem.detail).toContain('the moon is full');
    expect(pathsOf(problem)).toContain('credential.accountSid');
    expect(await footprintOf(api, acme)).toEqual(before);
  });

  test('in a refusal without a reason has words of ours', async () => {
    const acme = await api.organization();
    api.sandbox.inject({ kind: 'status', status: 422, message: [], method: 'POST', path: /phone-number/ });
    problemOf(await acme.post('/api/phone-numbers', IMPORTS.telnyx()), 'PROVIDER_REJECTED');
  });

  test('because no free number is left is said in our words, naming no limit', async () => {
    const acme = await api.organization();
    const before = await footprintOf(api, acme);
    const made: PhoneNumberResponse[] = [];
    let reply = await acme.post<PhoneNumberResponse>('/api/phone-numbers', { provider: 'vapi' });
    while (reply.status === 201) {
      made.push(reply.body);
      reply = await acme.post<PhoneNumberResponse>('/api/phone-numbers', { provider: 'vapi' });
    }
    expect(problemOf(reply, 'PROVIDER_REJECTED').detail).toMatch(/^No free test number is left/);
    for (const { id } of made) await acme.delete(`/api/phone-numbers/${id}`);
    expect(await footprintOf(api, acme)).toEqual(before);
  });
});

describe('A number that somebody else has at Vapi', () => {
  const TEXT = "This number can't be added. If it is yours, contact support.";

  test.each(['twilio', 'vonage', 'telnyx', 'byo-phone-number'] as const)(
    'cannot be told apart from one of the operator (%s)',
    async (provider) => {
      const [acme, globex] = [await api.organization('Acme'), await api.organization('Globex')];
      const taken = await importNumber(globex, IMPORTS[provider]());
      const before = await footprintOf(api, acme);
      const known = api.sandbox.snapshot();
      const problems = [];
      for (const number of [taken.number, api.sandbox.operatorNumber]) {
        const reply = await acme.post('/api/phone-numbers', IMPORTS[provider]({ number }));
        const { requestId: _requestId, ...problem } = problemOf(reply, 'PROVIDER_REJECTED');
        problems.push(problem);
        expect(problem).toMatchObject({ detail: TEXT, errors: [{ path: 'number', message: TEXT }] });
        const text = JSON.stringify(reply.body);
        for (const { id } of [...known.phoneNumbers, ...known.credentials]) expect(text).not.toContain(id);
        for (const secret of [taken.id, globex.id, 'Globex', String(number)])
          expect(text).not.toContain(secret);
      }
      expect(problems[0]).toEqual(problems[1]);
      expect(await footprintOf(api, acme)).toEqual(before);
      // The operator can see who has it and who wants it.
      const lines = await logLinesWith(taken.id, acme.id);
      expect(lines.join('\n')).toContain(globex.id);
    },
  );

  test('is refused at the SIP address when that is what was sent', async () => {
    const [acme, globex] = [await api.organization('Acme'), await api.organization('Globex')];
    const bodyWith = (sipUri: string) => IMPORTS['byo-phone-number']({ number: undefined, sipUri });
    await importNumber(globex, bodyWith('sip:frontdesk@globex.example'));
    const before = await footprintOf(api, acme);
    const reply = await acme.post('/api/phone-numbers', bodyWith('sip:frontdesk@acme.example'));
    const problem = problemOf(reply, 'PROVIDER_REJECTED');
    expect(problem).toMatchObject({ detail: TEXT, errors: [{ path: 'sipUri', message: TEXT }] });
    expect(await footprintOf(api, acme)).toEqual(before);
  });
});

test('What does not exist is a problem too', async () => {
  const acme = await api.organization();
  for (const path of ['/api', '/api/', '/api/nothing', '/api/agents/7', '/api/phone-numbers/x/y', '/api/%00'])
    problemOf(await acme.get(path), 'NOT_FOUND');
  for (const method of ['PUT', 'DELETE']) problemOf(await acme.request(method, '/api/agents'), 'NOT_FOUND');
});
