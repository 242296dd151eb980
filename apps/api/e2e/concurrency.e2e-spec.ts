import type { AgentPage, PhoneNumberPage, PhoneNumberResponse } from '@voxreach/contracts';
import { bodyOf, useApi } from './support/api';
import { createAgent, importNumber, IMPORTS, saveCredential } from './support/builders';
import { eventually } from './support/eventually';
import { footprintOf } from './support/footprint';
import { problemOf } from './support/problem';

const api = useApi({ sandbox: { activationMs: 500 } });

/** `count` times at once. */
const together = <T>(count: number, action: (index: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => action(index)));

const statusesOf = (replies: { status: number }[]): number[] =>
  replies.map(({ status }) => status).toSorted();

const webhookCredentials = () =>
  api.sandbox.snapshot().credentials.filter(({ provider }) => provider === 'webhook');

// First, since an installation has its first numbers once.
test('The first numbers of several organisations at once share one credential for webhooks', async () => {
  const acme = await api.organization();
  api.sandbox.inject({ method: 'POST', path: /credential/, kind: 'status', status: 500 });
  problemOf(await acme.post('/api/phone-numbers', IMPORTS.twilio()), 'UPSTREAM_UNAVAILABLE');
  expect(bodyOf(await acme.get<PhoneNumberPage>('/api/phone-numbers')).items).toEqual([]);

  const organizations = await together(4, (index) => api.organization(`Client ${index}`));
  api.sandbox.inject({ method: 'POST', path: /credential/, kind: 'delay', ms: 300 });
  const replies = await Promise.all(
    organizations.map((organization) => organization.post('/api/phone-numbers', IMPORTS.twilio())),
  );
  expect(statusesOf(replies)).toEqual([201, 201, 201, 201]);
  expect(webhookCredentials()).toHaveLength(1);
});

describe('The same number twice at once', () => {
  test.each(['twilio', 'vonage', 'telnyx', 'byo-phone-number'] as const)(
    'in one organisation is added once and left nowhere twice (%s)',
    async (provider) => {
      const acme = await api.organization();
      const before = await footprintOf(api, acme);
      const body = IMPORTS[provider]();
      const replies = await together(2, () => acme.post<PhoneNumberResponse>('/api/phone-numbers', body));
      expect(statusesOf(replies)).toEqual([201, 409]);
      for (const reply of replies) if (reply.status === 409) problemOf(reply, 'CONFLICT');
      const after = await footprintOf(api, acme);
      const credentials = provider === 'twilio' ? 0 : 1;
      expect(after.rows).toMatchObject({ phoneNumbers: 1, credentials, agents: 0 });
      expect(after.vapi.phoneNumbers).toHaveLength(before.vapi.phoneNumbers.length + 1);
      expect(after.vapi.credentials).toHaveLength(before.vapi.credentials.length + credentials);
    },
  );

  test('in two organisations is added to one of them, and the other is left with nothing', async () => {
    const organizations = [await api.organization('Acme'), await api.organization('Globex')] as const;
    const before = await footprintOf(api, organizations[0]);
    const body = IMPORTS.vonage();
    const replies = await Promise.all(
      organizations.map((organization) => organization.post('/api/phone-numbers', body)),
    );
    expect(statusesOf(replies)).toEqual([201, 422]);
    const [first, second] = [
      await footprintOf(api, organizations[0]),
      await footprintOf(api, organizations[1]),
    ];
    expect(first.rows.phoneNumbers + second.rows.phoneNumbers).toBe(1);
    expect(first.rows.credentials + second.rows.credentials).toBe(1);
    expect(first.vapi.phoneNumbers).toHaveLength(before.vapi.phoneNumbers.length + 1);
    expect(first.vapi.credentials).toHaveLength(before.vapi.credentials.length + 1);
  });
});

test('Many numbers at once are all added', async () => {
  const acme = await api.organization();
  const replies = await together(20, (index) =>
    acme.post('/api/phone-numbers', index % 2 === 0 ? IMPORTS.twilio() : IMPORTS.telnyx()),
  );
  expect(statusesOf(replies)).toEqual(Array.from({ length: 20 }, () => 201));
  const { items } = bodyOf(await acme.get<PhoneNumberPage>('/api/phone-numbers?limit=100'));
  expect(items).toHaveLength(20);
});

describe('A tag', () => {
  test('changes with every change, and names the version that a change is meant for', async () => {
    const acme = await api.organization();
    const created = await acme.post<PhoneNumberResponse>('/api/phone-numbers', IMPORTS.twilio());
    const path = `/api/phone-numbers/${created.body.id}`;
    const first = String(created.headers.get('etag'));
    const changed = await acme.patch(path, { name: 'One' }, { headers: { 'if-match': first } });
    expect(changed.status).toBe(200);
    const second = String(changed.headers.get('etag'));
    expect(second).not.toBe(first);
    expect((await acme.get(path)).headers.get('etag')).toBe(second);

    const { result, calls } = await api.callsDuring(() =>
      acme.patch(path, { name: 'Two' }, { headers: { 'if-match': first } }),
    );
    problemOf(result, 'PRECONDITION_FAILED');
    expect(calls.filter(({ method }) => method !== 'GET')).toEqual([]);
    problemOf(await acme.delete(path, { headers: { 'if-match': first } }), 'PRECONDITION_FAILED');
    expect((await acme.get(path)).body).toMatchObject({ name: 'One' });

    const listed = { headers: { 'if-match': `${first}, ${second}` } };
    expect((await acme.patch(path, { name: 'Three' }, listed)).status).toBe(200);
    const any = { headers: { 'if-match': '*' } };
    expect((await acme.patch(path, { name: 'Four' }, any)).status).toBe(200);
    expect((await acme.delete(path, any)).status).toBe(204);
    problemOf(await acme.delete(path, any), 'NOT_FOUND');
  });

  test.each(['stale', '"stale"', 'W/"1"', ''])('that is %s does not match', async (tag) => {
    const acme = await api.organization();
    const { id } = await importNumber(acme);
    const options = { headers: { 'if-match': tag } };
    problemOf(await acme.patch(`/api/phone-numbers/${id}`, { name: 'x' }, options), 'PRECONDITION_FAILED');
    problemOf(await acme.delete(`/api/phone-numbers/${id}`, options), 'PRECONDITION_FAILED');
  });

  test('does not change when the same thing is only read', async () => {
    const acme = await api.organization();
    const { id } = await importNumber(acme);
    const read = () => acme.get(`/api/phone-numbers/${id}`).then(({ headers }) => headers.get('etag'));
    expect(await read()).toBe(await read());
  });

  test('lets one of several changes at once through', async () => {
    const acme = await api.organization();
    const { id } = await importNumber(acme);
    const path = `/api/phone-numbers/${id}`;
    const tag = String((await acme.get(path)).headers.get('etag'));
    const replies = await together(4, (index) =>
      acme.patch<PhoneNumberResponse>(path, { name: `Name ${index}` }, { headers: { 'if-match': tag } }),
    );
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(1);
    for (const { status } of replies) expect([200, 409, 412]).toContain(status);
    const winner = replies.find(({ status }) => status === 200);
    expect((await acme.get(path)).body).toMatchObject({ name: winner?.body.name });
  });
});

describe('At once,', () => {
  test('two removals remove a number once', async () => {
    const acme = await api.organization();
    const { id } = await importNumber(acme, IMPORTS.vonage());
    const replies = await together(3, () => acme.delete(`/api/phone-numbers/${id}?deleteCredential=true`));
    expect(replies.filter(({ status }) => status === 204)).toHaveLength(1);
    for (const { status } of replies) expect([204, 404, 409]).toContain(status);
    expect((await footprintOf(api, acme)).rows).toMatchObject({ phoneNumbers: 0, credentials: 0, agents: 0 });
  });

  test('an agent is removed, or given a number, but not both', async () => {
    const acme = await api.organization();
    for (let round = 0; round < 5; round++) {
      const agent = await createAgent(acme);
      const [added, removed] = await Promise.all([
        acme.post('/api/phone-numbers', IMPORTS.twilio({ agentId: agent.id })),
        acme.delete(`/api/agents/${agent.id}`),
      ]);
      expect([
        [201, 409],
        [404, 204],
      ]).toContainEqual([added.status, removed.status]);
    }
    const { items } = bodyOf(await acme.get<PhoneNumberPage>('/api/phone-numbers?limit=100'));
    const agents = bodyOf(await acme.get<AgentPage>('/api/agents?limit=100')).items.map(({ id }) => id);
    for (const { agent } of items) expect(agents).toContain(agent?.id);
  });

  test('a credential is removed, or used by a number, but not both', async () => {
    const acme = await api.organization();
    for (let round = 0; round < 5; round++) {
      const credential = await saveCredential(acme, 'telnyx');
      const [added, removed] = await Promise.all([
        acme.post(
          '/api/phone-numbers',
          IMPORTS.telnyx({ credential: undefined, credentialId: credential.id }),
        ),
        acme.delete(`/api/credentials/${credential.id}`),
      ]);
      expect([
        [201, 409],
        [404, 204],
      ]).toContainEqual([added.status, removed.status]);
    }
  });

  test('a number is changed and looked at for its status, and shows both', async () => {
    const acme = await api.organization();
    const numbers = await together(4, () => importNumber(acme));
    await Promise.all(
      numbers.map(async ({ id }, index) =>
        bodyOf(await acme.patch(`/api/phone-numbers/${id}`, { name: `Line ${index}` })),
      ),
    );
    await eventually(async () => {
      const { items } = bodyOf(await acme.get<PhoneNumberPage>('/api/phone-numbers?sort=name'));
      expect(items.map(({ name, status }) => `${name} ${status}`)).toEqual([
        'Line 0 active',
        'Line 1 active',
        'Line 2 active',
        'Line 3 active',
      ]);
    }, 30_000);
  });
});

describe('While Vapi makes a number', () => {
  /** How much later than its making the lease of the number ends, in milliseconds, and that of its credential. */
  async function leasesDuring(credentialMs: number) {
    const acme = await api.organization();
    api.sandbox.inject({ method: 'POST', path: /^\/credential$/, kind: 'delay', ms: credentialMs });
    api.sandbox.inject({ method: 'POST', path: /^\/phone-number$/, kind: 'delay', ms: 1_000 });
    const asked = api.sandbox.requests.length;
    const running = acme.post<PhoneNumberResponse>('/api/phone-numbers', IMPORTS.telnyx());
    await eventually(() => {
      expect(api.sandbox.requests.slice(asked).map(({ path }) => path)).toContain('/phone-number');
    });
    const { rows } = await api.db.query<{ number: number; credential: number }>(
      `SELECT extract(epoch FROM p.lease_until - p.created_at)::float * 1000 AS number,
         extract(epoch FROM c.lease_until - c.created_at)::float * 1000 AS credential
       FROM phone_numbers p JOIN credentials c ON c.id = p.credential_id WHERE p.organization_id = $1`,
      [acme.id],
    );
    expect((await running).status).toBe(201);
    return rows[0] ?? { number: 0, credential: 0 };
  }

  test('the leases of its rows are those that were begun with, or newer ones once the credential took a second', async () => {
    await importNumber(await api.organization(), IMPORTS.twilio());
    const quick = await leasesDuring(0);
    const slow = await leasesDuring(1_500);
    expect(slow.number - quick.number).toBeGreaterThan(1_000);
    expect(slow.credential - quick.credential).toBeGreaterThan(1_000);
  });
});
