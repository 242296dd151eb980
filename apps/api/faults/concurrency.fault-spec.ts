import { type PhoneNumberResponse, PROVIDER_IDS, type ProviderId } from '@voxreach/contracts';
import type { Fault } from '@voxreach/vapi-sandbox';
import { bodyOf, type Organization } from '../e2e/support/api';
import { createAgent, IMPORTS, saveCredential } from '../e2e/support/builders';
import { Client, type Reply } from '../e2e/support/client';
import { eventually } from '../e2e/support/eventually';
import { problemOf } from '../e2e/support/problem';
import { disagreements, lookAtAll, operatorsPart } from './support/held';
import { Installation, type Replica } from './support/installation';
import { isTwoStep, numberOf } from './support/operations';
import { recover } from './support/recovery';

let installation: Installation;
let other: Replica;

beforeAll(async () => {
  installation = await Installation.start();
  other = await installation.replica();
});

afterAll(async () => {
  await other.stop();
  await installation.stop();
});

const all = () => lookAtAll(installation.db, installation.sandbox);

const webhookCredentials = () =>
  installation.sandbox.snapshot().credentials.filter(({ provider }) => provider === 'webhook');

/** Every way in which Vapi fails, mixed so that a third of the requests go wrong. */
function failAThird(): void {
  const kinds: Fault[] = [
    { kind: 'status', status: 400, message: 'Injected refusal.' },
    { kind: 'status', status: 429 },
    { kind: 'status', status: 500 },
    { kind: 'status-after', status: 500 },
    { kind: 'hang' },
    { kind: 'hang-after' },
    { kind: 'reset' },
    { kind: 'reset-after' },
    { kind: 'garbage' },
    { kind: 'missing-id' },
  ];
  // Each is asked in turn, so that one of them strikes with a chance of one third.
  const probability = 1 - (2 / 3) ** (1 / kinds.length);
  for (const kind of kinds) installation.sandbox.inject({ ...kind, times: Infinity, probability });
}

test('200 imports at once, of which several are of one number, leave exactly what the answers say, while Vapi fails a third of its calls', async () => {
  const operator = operatorsPart(installation.sandbox);
  const organizations = await Promise.all(
    ['One', 'Two', 'Three', 'Four'].map((name) => installation.organization(name)),
  );
  const imports = organizations.flatMap((organization) =>
    Array.from({ length: 40 }, (_, i) => {
      const provider = PROVIDER_IDS[i % PROVIDER_IDS.length] as ProviderId;
      return { organization, body: IMPORTS[provider](numberOf(provider)) };
    }),
  );
  // Every eighth number is sent once more; free numbers have none to repeat.
  const repeats = imports.filter(({ body }, i) => i % 4 === 0 && body['number'] !== undefined).slice(0, 40);
  const wanted = [...imports, ...repeats];
  while (wanted.length < 200) wanted.push({ ...(imports[wanted.length % 7] ?? fail()) });

  // Without the operator's credential for webhooks, which the first number makes, they would wait for it and fail together.
  const first = bodyOf(
    await acmeOf(organizations).post<PhoneNumberResponse>('/api/phone-numbers', IMPORTS.twilio()),
  );

  failAThird();
  const replies = await Promise.all(
    wanted.map(async ({ organization, body }) => ({
      organization,
      body,
      reply: await organization.post<PhoneNumberResponse>('/api/phone-numbers', body),
    })),
  );
  installation.sandbox.clearFaults();
  await recover(installation.db, 10);

  const held = await all();
  expect(disagreements(held)).toEqual([]);
  const statuses = Map.groupBy(replies, ({ reply }) => reply.status);
  expect([...statuses.keys()].filter((status) => ![201, 409, 422, 503].includes(status))).toEqual([]);
  const made = (statuses.get(201) ?? []).map(({ reply }) => reply.body.id);
  expect(made.length).toBeGreaterThan(40);
  expect(held.numbers.map(({ id }) => id).toSorted()).toEqual([first.id, ...made].toSorted());
  expect(held.remote.phoneNumbers).toHaveLength(made.length + 1);
  expect(webhookCredentials()).toHaveLength(1);
  expect({ ...operatorsPart(installation.sandbox), webhooks: [] }).toEqual({ ...operator, webhooks: [] });
}, 300_000);

const acmeOf = ([first]: Organization[]): Organization => first ?? fail();

const fail = (): never => {
  throw new Error('There are no imports to repeat');
};

describe.each(['twilio', 'telnyx', 'byo-phone-number'] as const)(
  'Two processes and a %s number',
  (provider) => {
    test('Two imports of it at the same time make one number and one 409, with nothing left over', async () => {
      const acme = await installation.organization('Acme');
      const body = IMPORTS[provider]();
      const elsewhere = new Client(other, acme.token);
      const before = await all();
      const replies = await Promise.all([
        acme.post<PhoneNumberResponse>('/api/phone-numbers', body),
        elsewhere.post<PhoneNumberResponse>('/api/phone-numbers', body),
      ]);
      expect(replies.map(({ status }) => status).toSorted()).toEqual([201, 409]);
      problemOf(replies.find(({ status }) => status === 409) as Reply, 'CONFLICT');
      const after = await all();
      expect(disagreements(after)).toEqual([]);
      expect(after.remote.phoneNumbers).toHaveLength(before.remote.phoneNumbers.length + 1);
      expect(after.credentials).toHaveLength(before.credentials.length + (isTwoStep(provider) ? 1 : 0));
    });

    test('Many repeats with one Idempotency-Key at the same time make one number', async () => {
      const acme = await installation.organization('Acme');
      const body = IMPORTS[provider]();
      const elsewhere = new Client(other, acme.token);
      const send = (client: Client) =>
        client.post<PhoneNumberResponse>('/api/phone-numbers', body, {
          headers: { 'idempotency-key': 'twice' },
        });
      const before = await all();
      const replies = await Promise.all(
        Array.from({ length: 10 }, (_, i) => send(i % 2 === 0 ? acme : elsewhere)),
      );
      const made = replies.filter(({ status }) => status === 201);
      expect(made.length).toBeGreaterThan(0);
      expect(new Set(made.map((reply) => reply.body.id)).size).toBe(1);
      for (const reply of replies.filter(({ status }) => status !== 201)) problemOf(reply, 'CONFLICT');
      const later = await send(elsewhere);
      expect({ status: later.status, body: later.body }).toEqual({ status: 201, body: made[0]?.body });
      const after = await all();
      expect(disagreements(after)).toEqual([]);
      expect(after.remote.phoneNumbers).toHaveLength(before.remote.phoneNumbers.length + 1);
    });
  },
);

test('A credential or an agent that an import is using cannot be deleted meanwhile, on any process', async () => {
  const acme = await installation.organization('Acme');
  const elsewhere = new Client(other, acme.token);
  const credential = await saveCredential(acme, 'telnyx');
  const agent = await createAgent(acme);
  const first = installation.sandbox.requests.length;
  installation.sandbox.inject({ method: 'POST', path: /^\/phone-number$/, kind: 'delay', ms: 400 });
  const body = { ...IMPORTS.telnyx(), credential: undefined, credentialId: credential.id, agentId: agent.id };
  const running = acme.post<PhoneNumberResponse>('/api/phone-numbers', body);
  await eventually(() => expect(installation.sandbox.requests.length).toBeGreaterThan(first));
  const refusals = await Promise.all([
    elsewhere.delete(`/api/credentials/${credential.id}`),
    elsewhere.delete(`/api/agents/${agent.id}`),
  ]);
  for (const refusal of refusals) problemOf(refusal, 'CONFLICT');
  const number = bodyOf(await running);
  expect(number).toMatchObject({ credential: { id: credential.id }, agent: { id: agent.id } });
  expect(disagreements(await all())).toEqual([]);
});

test('Two recoveries at the same time settle each row once and leave nothing', async () => {
  const acme = await installation.organization('Acme');
  installation.sandbox.inject({ method: 'POST', path: /^\/phone-number$/, kind: 'reset-after', times: 8 });
  // No look helps: what was made is found by recovery only.
  const end = installation.sandbox.inject({ method: 'GET', kind: 'status', status: 500, times: Infinity });
  const replies = await Promise.all(
    Array.from({ length: 8 }, () => acme.post('/api/phone-numbers', IMPORTS.telnyx())),
  );
  for (const reply of replies) problemOf(reply, 'UPSTREAM_UNAVAILABLE');
  end();
  installation.sandbox.clearFaults();
  await recover(installation.db);
  const held = await all();
  expect(disagreements(held)).toEqual([]);
  expect(held.numbers.filter((row) => row.organization_id === acme.id)).toEqual([]);
});
