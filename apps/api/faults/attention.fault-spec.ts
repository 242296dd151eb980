import type { PhoneNumberPage, PhoneNumberResponse } from '@voxreach/contracts';
import { bodyOf, type Organization } from '../e2e/support/api';
import { importNumber, IMPORTS } from '../e2e/support/builders';
import { eventually } from '../e2e/support/eventually';
import { problemOf } from '../e2e/support/problem';
import { disagreements, lookAtAll } from './support/held';
import { Installation } from './support/installation';
import { letLeasesRunOut, recover, triggerRecovery } from './support/recovery';

let installation: Installation;

beforeAll(async () => {
  installation = await Installation.start();
});

afterAll(() => installation.stop());

const all = () => lookAtAll(installation.db, installation.sandbox);

/** How often recovery fails on a number before a person is asked. */
const FAILURES = 5;

interface Row {
  id: string;
  attempts: number;
  status: string;
  /** Recovery leaves it alone for longer than any try takes. */
  isPutOff: boolean;
}

/** The only number of the organisation, past the API. */
async function rowOf({ id }: Organization): Promise<Row> {
  const { rows } = await installation.db.query<Row>(
    `SELECT id, attempts, status::text, lease_until > now() + interval '12 seconds' AS "isPutOff"
    FROM phone_numbers WHERE organization_id = $1`,
    [id],
  );
  if (rows[0] === undefined) throw new Error('There is no number');
  return rows[0];
}

/** Lets recovery fail on the organisation's number until a person is asked; `before` stands for failures that came before. */
async function failForLong(organization: Organization, before = FAILURES - 1): Promise<string> {
  const { id } = await rowOf(organization);
  await installation.db.query('UPDATE phone_numbers SET attempts = $1 WHERE id = $2', [before, id]);
  for (let failure = before + 1; failure <= FAILURES; failure++) {
    expect((await rowOf(organization)).status).not.toBe('needs_attention');
    await letLeasesRunOut(installation.db);
    await triggerRecovery(installation.db);
    // The row is put off when a try has failed.
    await eventually(async () => {
      const row = await rowOf(organization);
      expect(row.attempts).toBeGreaterThanOrEqual(failure);
      expect(row.isPutOff).toBe(true);
    });
  }
  await eventually(async () => expect((await rowOf(organization)).status).toBe('needs_attention'));
  return id;
}

interface Interruption {
  what: string;
  /** Leaves something unsettled at a Vapi that answers nothing more. */
  interrupt: (organization: Organization) => Promise<void>;
  /** What a retry comes to. */
  settled: 'gone' | 'kept';
}

/** From now on Vapi answers nothing that helps. */
const breakVapi = () => installation.sandbox.inject({ kind: 'status', status: 500, times: Infinity });

const INTERRUPTIONS: Interruption[] = [
  {
    what: 'An import that was interrupted',
    settled: 'gone',
    interrupt: async (organization) => {
      const body = IMPORTS.telnyx({ name: 'Interrupted' });
      installation.sandbox.inject({ method: 'POST', path: /^\/phone-number$/, kind: 'reset-after' });
      installation.sandbox.inject({ method: 'GET', kind: 'status', status: 500, times: Infinity });
      problemOf(await organization.post('/api/phone-numbers', body), 'UPSTREAM_UNAVAILABLE');
    },
  },
  {
    what: 'A change that was interrupted',
    settled: 'kept',
    interrupt: async (organization) => {
      const { id } = await importNumber(organization, IMPORTS.telnyx({ name: 'Before' }));
      installation.sandbox.inject({ method: 'PATCH', kind: 'reset-after' });
      const reply = await organization.patch(`/api/phone-numbers/${id}`, { name: 'After' });
      problemOf(reply, 'UPSTREAM_UNAVAILABLE');
    },
  },
  {
    what: 'A removal that was interrupted',
    settled: 'gone',
    interrupt: async (organization) => {
      const { id } = await importNumber(organization, IMPORTS.telnyx());
      breakVapi();
      problemOf(await organization.delete(`/api/phone-numbers/${id}`), 'UPSTREAM_UNAVAILABLE');
    },
  },
];

describe.each(INTERRUPTIONS)('$what', ({ interrupt, settled }) => {
  let acme: Organization;
  let globex: Organization;
  let id: string;
  const path = () => `/api/phone-numbers/${id}`;

  beforeEach(async () => {
    [acme, globex] = [await installation.organization('Acme'), await installation.organization('Globex')];
    await interrupt(acme);
    breakVapi();
    id = await failForLong(acme);
  }, 60_000);

  afterEach(async () => {
    installation.sandbox.clearFaults();
    await recover(installation.db);
    expect(disagreements(await all())).toEqual([]);
  });

  test('asks for attention once recovery has failed five times, and not before', async () => {
    const initech = await installation.organization('Initech');
    installation.sandbox.clearFaults();
    await interrupt(initech);
    breakVapi();
    await failForLong(initech, 0);
  });

  test('asks its organisation for attention, and shows itself to no other', async () => {
    const number = bodyOf(await acme.get<PhoneNumberResponse>(path()));
    expect(number).toMatchObject({
      id,
      status: 'needs_attention',
      attention: expect.stringMatching(/^[A-Z].{20,}\.$/),
    });
    const { items } = bodyOf(await acme.get<PhoneNumberPage>('/api/phone-numbers?status=needs_attention'));
    expect(items).toEqual([number]);
    expect(bodyOf(await globex.get<PhoneNumberPage>('/api/phone-numbers')).items).toEqual([]);
    problemOf(await globex.get(path()), 'NOT_FOUND');
    problemOf(await globex.post(`${path()}/retry`), 'NOT_FOUND');
    problemOf(await globex.delete(path()), 'NOT_FOUND');
    // While nothing has changed, trying again says so and changes nothing.
    problemOf(await acme.post(`${path()}/retry`), 'UPSTREAM_UNAVAILABLE');
    expect(bodyOf(await acme.get<PhoneNumberResponse>(path())).status).toBe('needs_attention');
  });

  test('is settled by a retry once Vapi is back', async () => {
    installation.sandbox.clearFaults();
    const reply = await acme.post<PhoneNumberResponse>(`${path()}/retry`);
    if (settled === 'gone') {
      expect(reply.status).toBe(204);
      problemOf(await acme.get(path()), 'NOT_FOUND');
      return;
    }
    expect(reply.status).toBe(200);
    expect(reply.body).toMatchObject({ id, name: 'Before', status: expect.stringMatching(/^activ/) });
    expect(reply.body).not.toHaveProperty('attention');
    await eventually(async () =>
      expect(bodyOf(await acme.get<PhoneNumberResponse>(path())).status).toBe('active'),
    );
  });

  test('is settled by recovery as well once Vapi is back', async () => {
    installation.sandbox.clearFaults();
    await letLeasesRunOut(installation.db);
    await triggerRecovery(installation.db);
    await eventually(async () => {
      const reply = await acme.get<PhoneNumberResponse>(path());
      expect(reply.status).toBe(settled === 'gone' ? 404 : 200);
      if (settled === 'kept') expect(reply.body.status).toBe('active');
    });
  });

  test('can be removed once Vapi is back, and stays while it is not', async () => {
    problemOf(await acme.delete(path()), 'UPSTREAM_UNAVAILABLE');
    const number = bodyOf(await acme.get<PhoneNumberResponse>(path()));
    expect(number.status).toBe('needs_attention');
    installation.sandbox.clearFaults();
    expect((await acme.delete(path())).status).toBe(204);
    problemOf(await acme.get(path()), 'NOT_FOUND');
  });

  test('stays as it is when Vapi refuses its removal', async () => {
    installation.sandbox.clearFaults();
    installation.sandbox.inject({ kind: 'status', status: 401, times: Infinity });
    problemOf(await acme.delete(path()), 'UPSTREAM_UNAVAILABLE');
    expect(bodyOf(await acme.get<PhoneNumberResponse>(path())).status).toBe('needs_attention');
  });
});
