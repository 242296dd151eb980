import { type Organization, useApi } from './support/api';
import { createAgent, CREDENTIALS, freshNumber, importNumber, IMPORTS } from './support/builders';

import { invite, joinWithAccount } from './support/people';
import { problemOf } from './support/problem';

const api = useApi({
  env: {
    MAX_NUMBERS_PER_ORGANIZATION: '2',
    MAX_AGENTS_PER_ORGANIZATION: '2',
    MAX_CREDENTIALS_PER_ORGANIZATION: '1',
    MAX_ORGANIZATIONS_PER_PERSON: '2',
  },
});

/** What would make something there. */
const requestsToVapi = () => api.sandbox.requests.filter(({ method }) => method === 'POST').length;

const credential = (person: Organization) =>
  person.post('/api/credentials', { provider: 'telnyx', credential: CREDENTIALS.telnyx });

const agent = (person: Organization) => person.post('/api/agents', { name: 'Front desk' });

const number = (person: Organization) => person.post('/api/phone-numbers', IMPORTS.twilio());

describe('An organisation that has as many as it can have', () => {
  test.each([
    ['phone numbers', 2, number],
    ['agents', 2, agent],
    ['saved credentials', 1, credential],
  ])('is refused one more of its %s, before anything is sent to Vapi', async (what, most, add) => {
    const [acme, globex] = [await api.organization(), await api.organization()];
    for (let count = 0; count < most; count++) expect((await add(acme)).status).toBe(201);
    const before = requestsToVapi();
    const { detail } = problemOf(await add(acme), 'CONFLICT');
    expect(detail).toMatch(new RegExp(`^Your organisation has ${most} ${what}, as many as it can have`));
    expect(requestsToVapi()).toBe(before);
    // What one has is no business of another.
    expect((await add(globex)).status).toBe(201);
  });

  test.each([
    ['numbers', number, 2],
    ['agents', agent, 2],
    ['credentials', credential, 1],
  ])('gives the last place once when several %s are added at the same moment', async (_what, add, most) => {
    const acme = await api.organization();
    const replies = await Promise.all([1, 2, 3, 4].map(() => add(acme)));
    expect(replies.filter(({ status }) => status === 201)).toHaveLength(most);
    expect(replies.filter(({ status }) => status === 409)).toHaveLength(4 - most);
  });

  test('has room again for what took the place of something that was removed', async () => {
    const acme = await api.organization();
    const { id } = await createAgent(acme);
    await createAgent(acme);
    problemOf(await agent(acme), 'CONFLICT');
    expect((await acme.delete(`/api/agents/${id}`)).status).toBe(204);
    await createAgent(acme);
  });

  test('cannot save another credential by an import, of which nothing is left', async () => {
    const acme = await api.organization();
    await importNumber(acme, IMPORTS.telnyx());
    const before = requestsToVapi();
    const body = IMPORTS.telnyx({ number: freshNumber() });
    expect(problemOf(await acme.post('/api/phone-numbers', body), 'CONFLICT').detail).toMatch(
      /saved credentials/,
    );
    expect(requestsToVapi()).toBe(before);
    const { rows } = await api.db.query('SELECT 1 FROM phone_numbers WHERE organization_id = $1', [acme.id]);
    expect(rows).toHaveLength(1);
  });
});

describe('Somebody who belongs to as many organisations as one can', () => {
  test('cannot join another one, and the invitation stays good until there is room', async () => {
    const [acme, globex, initech] = [
      await api.organization(),
      await api.organization(),
      await api.organization(),
    ];
    await joinWithAccount(api, globex, acme);
    const { token } = await invite(initech, acme.login.email);
    const accept = () =>
      api.anonymous.post('/api/auth/invitations/accept', { token, password: acme.login.password });
    expect(problemOf(await accept(), 'CONFLICT').detail).toMatch(/^A person can belong to 2 organisations/);
    expect((await globex.delete(`/api/members/${acme.session.user.id}`)).status).toBe(204);
    expect((await accept()).status).toBe(200);
  });
});
