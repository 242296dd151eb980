import { bodyOf, type Organization } from '../e2e/support/api';
import { createAgent, CREDENTIALS, importNumber, IMPORTS, saveCredential } from '../e2e/support/builders';
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

/** How often recovery fails on a row before a person is asked. */
const FAILURES = 5;

type Table = 'phone_numbers' | 'agents' | 'credentials';

interface Row {
  id: string;
  attempts: number;
  attention: string | null;
  /** Recovery leaves it alone for longer than any try takes. */
  isPutOff: boolean;
}

/** The only row that the organisation has in a table, past the API. */
async function rowOf({ id }: Organization, table: Table): Promise<Row> {
  const { rows } = await installation.db.query<Row>(
    `SELECT id, attempts, attention, lease_until > now() + interval '12 seconds' AS "isPutOff"
    FROM ${table} WHERE organization_id = $1`,
    [id],
  );
  if (rows[0] === undefined) throw new Error(`There is nothing in ${table}`);
  return rows[0];
}

/** Lets recovery fail on the organisation's row until a person is asked; `before` stands for failures that came before. */
async function failForLong(organization: Organization, table: Table, before = FAILURES - 1): Promise<string> {
  const { id } = await rowOf(organization, table);
  await installation.db.query(`UPDATE ${table} SET attempts = $1 WHERE id = $2`, [before, id]);
  for (let failure = before + 1; failure <= FAILURES; failure++) {
    expect((await rowOf(organization, table)).attention).toBeNull();
    await letLeasesRunOut(installation.db);
    await triggerRecovery(installation.db);
    // The row is put off when a try has failed.
    await eventually(async () => {
      const row = await rowOf(organization, table);
      expect(row.attempts).toBeGreaterThanOrEqual(failure);
      expect(row.isPutOff).toBe(true);
    });
  }
  await eventually(async () => expect((await rowOf(organization, table)).attention).not.toBeNull());
  return id;
}

/** The circuit breaker may still be open from all that failed before: who tries again, as the answer says, gets through. */
const heard = <T extends { status: number }>(send: () => Promise<T>): Promise<T> =>
  eventually(async () => {
    const reply = await send();
    expect(reply.status).not.toBe(503);
    return reply;
  });

/** What a number, an agent and a credential have in common for the client. */
interface Shown {
  id: string;
  name: string;
  /** Of numbers only. */
  status?: string;
  attention?: string | null;
}

interface Interruption {
  what: string;
  table: Table;
  /** Leaves something unsettled at a Vapi that answers nothing more. */
  interrupt: (organization: Organization) => Promise<void>;
  /** What settling it comes to: its end, or this name. */
  settled: 'gone' | 'Before' | 'After';
}

/** From now on Vapi answers nothing that helps. */
const breakVapi = (fault: { method?: 'GET'; status?: number } = {}) =>
  installation.sandbox.inject({ status: 500, ...fault, kind: 'status', times: Infinity });

const INTERRUPTIONS: Interruption[] = [
  {
    what: 'An import that was interrupted',
    table: 'phone_numbers',
    settled: 'gone',
    interrupt: async (organization) => {
      const body = IMPORTS.telnyx({ name: 'Interrupted' });
      installation.sandbox.inject({ method: 'POST', path: /^\/phone-number$/, kind: 'reset-after' });
      breakVapi({ method: 'GET' });
      problemOf(await organization.post('/api/phone-numbers', body), 'UPSTREAM_UNAVAILABLE');
    },
  },
  {
    what: 'A change of a number that was interrupted',
    table: 'phone_numbers',
    settled: 'Before',
    interrupt: async (organization) => {
      const { id } = await importNumber(organization, IMPORTS.telnyx({ name: 'Before' }));
      installation.sandbox.inject({ method: 'PATCH', kind: 'reset-after' });
      const reply = await organization.patch(`/api/phone-numbers/${id}`, { name: 'After' });
      problemOf(reply, 'UPSTREAM_UNAVAILABLE');
    },
  },
  {
    what: 'A removal of a number that was interrupted',
    table: 'phone_numbers',
    settled: 'gone',
    interrupt: async (organization) => {
      const { id } = await importNumber(organization, IMPORTS.telnyx());
      breakVapi();
      problemOf(await organization.delete(`/api/phone-numbers/${id}`), 'UPSTREAM_UNAVAILABLE');
    },
  },
  {
    what: 'A creation of an agent that was interrupted',
    table: 'agents',
    settled: 'gone',
    interrupt: async (organization) => {
      installation.sandbox.inject({ method: 'POST', path: /^\/assistant$/, kind: 'reset-after' });
      breakVapi({ method: 'GET' });
      problemOf(await organization.post('/api/agents', { name: 'Interrupted' }), 'UPSTREAM_UNAVAILABLE');
    },
  },
  {
    what: 'A change of an agent that was interrupted',
    table: 'agents',
    // Vapi alone has its words, so what Vapi has made of it holds.
    settled: 'After',
    interrupt: async (organization) => {
      const { id } = await createAgent(organization, { name: 'Before' });
      installation.sandbox.inject({ method: 'PATCH', kind: 'reset-after' });
      problemOf(await organization.patch(`/api/agents/${id}`, { name: 'After' }), 'UPSTREAM_UNAVAILABLE');
    },
  },
  {
    what: 'A removal of an agent that was interrupted',
    table: 'agents',
    settled: 'gone',
    interrupt: async (organization) => {
      const { id } = await createAgent(organization);
      breakVapi();
      problemOf(await organization.delete(`/api/agents/${id}`), 'UPSTREAM_UNAVAILABLE');
    },
  },
  {
    what: 'A credential that was being saved',
    table: 'credentials',
    settled: 'gone',
    interrupt: async (organization) => {
      const body = { provider: 'telnyx', credential: CREDENTIALS.telnyx };
      installation.sandbox.inject({ method: 'POST', path: /^\/credential$/, kind: 'reset-after' });
      breakVapi({ method: 'GET' });
      problemOf(await organization.post('/api/credentials', body), 'UPSTREAM_UNAVAILABLE');
    },
  },
  {
    what: 'A credential that was being removed',
    table: 'credentials',
    settled: 'gone',
    interrupt: async (organization) => {
      const { id } = await saveCredential(organization, 'telnyx');
      breakVapi();
      problemOf(await organization.delete(`/api/credentials/${id}`), 'UPSTREAM_UNAVAILABLE');
    },
  },
];

describe.each(INTERRUPTIONS)('$what', ({ table, interrupt, settled }) => {
  const list = `/api/${table.replace('_', '-')}`;
  let acme: Organization;
  let globex: Organization;
  let id: string;
  const path = () => `${list}/${id}`;

  const listOf = async (organization: Organization, query = '') =>
    bodyOf(await organization.get<{ items: Shown[] }>(`${list}${query}`)).items;

  /** As its organisation sees it; undefined when it is gone. */
  const shown = async () => (await listOf(acme)).find((item) => item.id === id);

  beforeEach(async () => {
    [acme, globex] = [await installation.organization('Acme'), await installation.organization('Globex')];
    await interrupt(acme);
    breakVapi();
    id = await failForLong(acme, table);
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
    await failForLong(initech, table, 0);
  });

  test('asks its organisation for attention, and shows itself to no other', async () => {
    expect(await listOf(acme)).toEqual([
      expect.objectContaining({ id, attention: expect.stringMatching(/^[A-Z].{20,}\.$/) }),
    ]);
    if (table === 'phone_numbers')
      expect(await listOf(acme, '?status=needs_attention')).toEqual([await shown()]);
    expect(await listOf(globex)).toEqual([]);
    problemOf(await globex.post(`${path()}/retry`), 'NOT_FOUND');
    problemOf(await globex.delete(path()), 'NOT_FOUND');
    // While nothing has changed, trying again says so and changes nothing.
    problemOf(await acme.post(`${path()}/retry`), 'UPSTREAM_UNAVAILABLE');
    expect((await shown())?.attention).toEqual(expect.any(String));
  });

  test('is settled by a retry once Vapi is back', async () => {
    installation.sandbox.clearFaults();
    const reply = await heard(() => acme.post<Shown>(`${path()}/retry`));
    if (settled === 'gone') {
      expect(reply.status).toBe(204);
      expect(await shown()).toBeUndefined();
      return;
    }
    expect(reply.status).toBe(200);
    expect(reply.body).toMatchObject({ id, name: settled });
    expect(reply.body.attention ?? null).toBeNull();
    // Agents and credentials have no status.
    await eventually(async () => expect((await shown())?.status ?? 'active').toBe('active'));
  });

  test('is settled by recovery as well once Vapi is back', async () => {
    installation.sandbox.clearFaults();
    await recover(installation.db);
    await eventually(async () => {
      const item = await shown();
      expect(item?.name).toBe(settled === 'gone' ? undefined : settled);
      expect(item?.attention ?? null).toBeNull();
      expect(item?.status ?? 'active').toBe('active');
    });
  });

  test('can be removed once Vapi is back, and stays while it is not', async () => {
    problemOf(await acme.delete(path()), 'UPSTREAM_UNAVAILABLE');
    expect((await shown())?.attention).toEqual(expect.any(String));
    installation.sandbox.clearFaults();
    expect((await heard(() => acme.delete(path()))).status).toBe(204);
    expect(await shown()).toBeUndefined();
  });

  test('stays as it is when Vapi refuses its removal', async () => {
    installation.sandbox.clearFaults();
    breakVapi({ status: 401 });
    problemOf(await acme.delete(path()), 'UPSTREAM_UNAVAILABLE');
    expect((await shown())?.attention).toEqual(expect.any(String));
  });
});
