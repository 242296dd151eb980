import type { PhoneNumberPage, PhoneNumberResponse, ProviderId } from '@voxreach/contracts';
import type { Fault } from '@voxreach/vapi-sandbox';
import { bodyOf, type Organization, useApi } from './support/api';
import { createAgent, importNumber, IMPORTS } from './support/builders';
import { eventually } from './support/eventually';
import { footprintOf } from './support/footprint';
import { problemOf } from './support/problem';

const api = useApi({ env: { VAPI_READ_TIMEOUT_MS: '500', VAPI_WRITE_TIMEOUT_MS: '700' } });

// The credential for webhooks is made with the first number; the faults are meant for what comes after.
beforeAll(async () => {
  await importNumber(await api.organization());
});

afterEach(() => api.sandbox.clearFaults());

const NUMBER = { method: 'POST', path: /^\/phone-number$/ } as const;
const CREDENTIAL = { method: 'POST', path: /^\/credential$/ } as const;

const PATCH = { method: 'PATCH', path: /^\/phone-number\// } as const;
const DELETE = { method: 'DELETE', path: /^\/phone-number\// } as const;

/** The steps of an import at Vapi. */
const STEPS: [ProviderId, string, Pick<Fault, 'method' | 'path'>][] = [
  ['twilio', 'the number', NUMBER],
  ['vonage', 'the credential', CREDENTIAL],
  ['vonage', 'the number', NUMBER],
  ['byo-phone-number', 'the number', NUMBER],
];

const remoteOf = (number: unknown) =>
  api.sandbox.snapshot().phoneNumbers.find((item) => item.number === number);

/** A number with an agent, as seen by the client and at Vapi. */
async function hotline() {
  const acme = await api.organization();
  const agent = await createAgent(acme);
  const number = await importNumber(acme, IMPORTS.twilio({ name: 'Hotline', agentId: agent.id }));
  const remote = () => api.sandbox.snapshot().phoneNumbers.find((item) => item.number === number.number);
  const shown = async () => bodyOf(await acme.get<PhoneNumberResponse>(`/api/phone-numbers/${number.id}`));
  return { acme, number, remote, shown, path: `/api/phone-numbers/${number.id}` };
}

const noTraceOf = async (organization: Organization, before: object) => {
  expect(bodyOf(await organization.get<PhoneNumberPage>('/api/phone-numbers')).items).toEqual([]);
  expect(await footprintOf(api, organization)).toEqual(before);
};

describe.each(STEPS)('An import of a %s number, when Vapi fails at %s,', (provider, _step, where) => {
  test.each([401, 402, 403, 500, 502, 504])(
    'with %i, is refused as an outage and leaves nothing',
    async (status) => {
      const acme = await api.organization();
      const before = await footprintOf(api, acme);
      api.sandbox.inject({ ...where, kind: 'status', status, message: 'wallet balance is low' });
      const reply = await acme.post('/api/phone-numbers', IMPORTS[provider]());
      const problem = problemOf(reply, 'UPSTREAM_UNAVAILABLE');
      expect(problem.detail).not.toMatch(/key|wallet|account|40\d|50\d/i);
      await noTraceOf(acme, before);
    },
  );

  test('with 429, keeps its Retry-After', async () => {
    const acme = await api.organization();
    const before = await footprintOf(api, acme);
    api.sandbox.inject({ ...where, kind: 'status', status: 429, headers: { 'retry-after': '17' } });
    const reply = await acme.post('/api/phone-numbers', IMPORTS[provider]());
    problemOf(reply, 'UPSTREAM_UNAVAILABLE');
    expect(reply.headers.get('retry-after')).toBe('17');
    await noTraceOf(acme, before);
  });

  test.each(['hang-after', 'reset-after', 'garbage', 'missing-id', 'status-after'] as const)(
    'but has done its work (%s), succeeds all the same, once',
    async (kind) => {
      const acme = await api.organization();
      const before = api.sandbox.snapshot();
      api.sandbox.inject({ ...where, ...(kind === 'status-after' ? { kind, status: 502 } : { kind }) });
      const { result, calls } = await api.callsDuring(() =>
        acme.post<PhoneNumberResponse>('/api/phone-numbers', IMPORTS[provider]()),
      );
      expect(result.status).toBe(201);
      const after = api.sandbox.snapshot();
      expect(after.phoneNumbers).toHaveLength(before.phoneNumbers.length + 1);
      expect(after.credentials).toHaveLength(before.credentials.length + (provider === 'twilio' ? 0 : 1));
      expect(calls.filter(({ method, path }) => method === 'POST' && where.path?.test(path))).toHaveLength(1);
      expect((await acme.get(`/api/phone-numbers/${result.body.id}`)).body).toEqual(result.body);
      expect((await acme.delete(`/api/phone-numbers/${result.body.id}`)).status).toBe(204);
    },
  );
});

test('The second step is taken back when the number is refused, even if that takes a second try', async () => {
  const acme = await api.organization();
  const before = await footprintOf(api, acme);
  api.sandbox.inject({ method: 'DELETE', path: /credential/, kind: 'status', status: 502 });
  problemOf(
    await acme.post('/api/phone-numbers', IMPORTS.vonage({ number: '+12025550404' })),
    'PROVIDER_REJECTED',
  );
  await noTraceOf(acme, before);
});

describe('A change that Vapi', () => {
  test.each([401, 403, 429, 500, 503])('refuses with %i changes nothing here and there', async (status) => {
    const { acme, number, remote, shown, path } = await hotline();
    const before = remote();
    api.sandbox.inject({ ...PATCH, kind: 'status', status });
    problemOf(await acme.patch(path, { name: 'New', agentId: null }), 'UPSTREAM_UNAVAILABLE');
    expect(await shown()).toEqual({ ...number, updatedAt: expect.any(String) });
    expect({ ...remote(), updatedAt: null }).toEqual({ ...before, updatedAt: null });
    expect((await acme.patch(path, { name: 'New' })).status).toBe(200);
  });

  test('refuses for what was sent is told to the client', async () => {
    const { acme, number, shown, path } = await hotline();
    api.sandbox.inject({ ...PATCH, kind: 'status', status: 400, message: ['name is rude'] });
    const problem = problemOf(await acme.patch(path, { name: 'New' }), 'PROVIDER_REJECTED');
    expect(problem.detail).toContain('name is rude');
    expect(await shown()).toEqual({ ...number, updatedAt: expect.any(String) });
  });

  test.each(['garbage', 'missing-id', 'status-after'] as const)(
    'makes without a usable answer (%s) is set back there',
    async (kind) => {
      const { acme, number, remote, shown, path } = await hotline();
      const before = remote();
      api.sandbox.inject({ ...PATCH, ...(kind === 'status-after' ? { kind, status: 500 } : { kind }) });
      problemOf(await acme.patch(path, { name: 'New', agentId: null }), 'UPSTREAM_UNAVAILABLE');
      expect(await shown()).toEqual({ ...number, updatedAt: expect.any(String) });
      expect({ ...remote(), updatedAt: null }).toEqual({ ...before, updatedAt: null });
    },
  );

  test('confirms at the second look is made', async () => {
    const { acme, shown, path } = await hotline();
    api.sandbox.inject({ method: 'GET', path: /^\/phone-number\/./, kind: 'status', status: 502 });
    expect((await acme.patch(path, { agentId: null })).status).toBe(200);
    expect(await shown()).toMatchObject({ agent: null });
  });
});

describe('A removal that Vapi', () => {
  test('answers with a passing fault is made at the next try', async () => {
    const acme = await api.organization();
    const { id } = await importNumber(acme);
    api.sandbox.inject({ ...DELETE, kind: 'status', status: 502 });
    expect((await acme.delete(`/api/phone-numbers/${id}`)).status).toBe(204);
  });

  test.each([401, 403])('refuses with %i leaves the number as it was', async (status) => {
    const acme = await api.organization();
    const number = await importNumber(acme);
    const before = await footprintOf(api, acme);
    api.sandbox.inject({ ...DELETE, kind: 'status', status });
    problemOf(await acme.delete(`/api/phone-numbers/${number.id}`), 'UPSTREAM_UNAVAILABLE');
    expect((await acme.get(`/api/phone-numbers/${number.id}`)).body).toEqual({
      ...number,
      updatedAt: expect.any(String),
    });
    expect(await footprintOf(api, acme)).toEqual(before);
  });
});

describe('What got no answer is settled once nobody works on it any more:', () => {
  /** Each leaves something half done, and says how it can be seen that it was settled. */
  const interruptions: Record<string, () => Promise<() => Promise<void>>> = {
    'an import that hangs': () => unansweredImport({ ...NUMBER, kind: 'hang' }),
    'an import that is cut off': () => unansweredImport({ ...NUMBER, kind: 'reset' }),
    'an import whose credential hangs': () => unansweredImport({ ...CREDENTIAL, kind: 'hang' }),
    'an import that Vapi carries out when nobody waits any more': () =>
      unansweredImport({ ...NUMBER, kind: 'delay', ms: 2_000 }),
    'an import without any Vapi': () => unansweredImport({ kind: 'hang', times: Infinity }),
    'a change that hangs': () => unansweredChange('hang-after'),
    'a change that is cut off': () => unansweredChange('reset-after'),
    'a removal that hangs': unansweredRemoval,
  };
  const checks = new Map<string, () => Promise<void>>();

  beforeAll(async () => {
    for (const [what, interrupt] of Object.entries(interruptions)) {
      checks.set(what, await interrupt());
      api.sandbox.clearFaults();
    }
    await leasesToEnd();
    await api.restart();
  }, 120_000);

  test.each(Object.keys(interruptions))('%s', async (what) => {
    await eventually(async () => checks.get(what)?.());
  });

  async function unansweredImport(fault: Fault) {
    const acme = await api.organization();
    const before = await footprintOf(api, acme);
    const body = IMPORTS.vonage();
    api.sandbox.inject(fault);
    problemOf(await acme.post('/api/phone-numbers', body), 'UPSTREAM_UNAVAILABLE');
    expect(bodyOf(await acme.get<PhoneNumberPage>('/api/phone-numbers')).items).toEqual([]);
    // Until it is settled the number cannot be taken again: Vapi may still make the first one.
    const again = await acme.post('/api/phone-numbers', body);
    problemOf(again, 'CONFLICT');
    expect(Number(again.headers.get('retry-after'))).toBeGreaterThan(0);
    return async () => {
      const { rows } = await footprintOf(api, acme);
      expect(rows).toEqual(before.rows);
      expect(remoteOf(body['number'])).toBeUndefined();
      const added = await importNumber(acme, body);
      expect((await acme.delete(`/api/phone-numbers/${added.id}?deleteCredential=true`)).status).toBe(204);
      expect((await footprintOf(api, acme)).rows).toEqual(before.rows);
    };
  }

  async function unansweredChange(kind: 'hang-after' | 'reset-after') {
    const { acme, number, remote, shown, path } = await hotline();
    const before = remote();
    api.sandbox.inject({ ...PATCH, kind });
    problemOf(await acme.patch(path, { name: 'New', agentId: null }), 'UPSTREAM_UNAVAILABLE');
    return async () => {
      expect({ ...remote(), updatedAt: null }).toEqual({ ...before, updatedAt: null });
      expect(await shown()).toEqual({ ...number, updatedAt: expect.any(String) });
      expect((await acme.patch(path, { fallbackNumber: '+4930123456' })).status).toBe(200);
    };
  }

  async function unansweredRemoval() {
    const acme = await api.organization();
    const number = await importNumber(acme, IMPORTS.telnyx());
    api.sandbox.inject({ ...DELETE, kind: 'hang', times: Infinity });
    const reply = await acme.delete(`/api/phone-numbers/${number.id}?deleteCredential=true`);
    problemOf(reply, 'UPSTREAM_UNAVAILABLE');
    return async () => {
      expect((await footprintOf(api, acme)).rows).toMatchObject({
        phoneNumbers: 0,
        credentials: 0,
        agents: 0,
      });
      expect(remoteOf(number.number)).toBeUndefined();
    };
  }
});

/** While a lease runs, a request may still be at work; recovery waits for its end. */
async function leasesToEnd(): Promise<void> {
  await eventually(async () => {
    const { rows } = await api.db.query(
      `SELECT 1 FROM phone_numbers WHERE lease_until > now()
       UNION ALL SELECT 1 FROM credentials WHERE lease_until > now()`,
    );
    expect(rows).toEqual([]);
  }, 30_000);
}
