import { IMPORTS } from '../e2e/support/builders';
import { disagreements, lookAtAll } from './support/held';
import { Installation } from './support/installation';
import { type Case, casesOf, type Steps, stepsOf, strike } from './support/matrix';
import { recover } from './support/recovery';

/** The very first number of an installation also makes the operator's credential for webhooks. */
const firstImport = async (installation: Installation) => {
  const organization = await installation.organization('Acme');
  const body = IMPORTS.twilio();
  return () => organization.post('/api/phone-numbers', body, { headers: { 'idempotency-key': 'first' } });
};

/** The steps that have to do with this credential; the matrix has the others. */
const aboutWebhooks = ({ requests, writes }: Steps): Case[] =>
  casesOf({ requests, writes }).filter(({ fault }) =>
    fault.at === 'vapi'
      ? requests[fault.request]?.endsWith('/credential')
      : writes[fault.write]?.name.endsWith('webhook_credentials'),
  );

const installation = await Installation.start();
const cases = aboutWebhooks(await stepsOf(installation, await firstImport(installation)));

afterAll(() => installation.stop());

const webhookCredentials = () =>
  installation.sandbox.snapshot().credentials.filter(({ provider }) => provider === 'webhook');

describe("While an installation's first number is imported", () => {
  beforeEach(() => installation.beginAnew());

  test.each(cases)('$name', async ({ fault }) => {
    const { db, sandbox } = installation;
    const act = await firstImport(installation);
    const reply = await strike(installation, fault, act);
    expect(reply === undefined || [201, 500, 503].includes(reply.status)).toBe(true);
    await recover(db);
    const recovered = await lookAtAll(db, sandbox);
    expect(disagreements(recovered)).toEqual([]);
    if (reply !== undefined && reply.status !== 500)
      expect(recovered.numbers).toHaveLength(reply.status === 201 ? 1 : 0);

    expect((await act()).status).toBe(201);
    const repeated = await lookAtAll(db, sandbox);
    expect(disagreements(repeated)).toEqual([]);
    expect(repeated.numbers).toHaveLength(1);
    expect(webhookCredentials()).toHaveLength(1);
    expect(repeated.remote.phoneNumbers[0]?.server?.credentialId).toBe(webhookCredentials()[0]?.id);
  });
});
