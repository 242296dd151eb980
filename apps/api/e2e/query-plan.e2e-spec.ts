import {
  type ListAuditQuery,
  PHONE_NUMBER_SORTS,
  type PhoneNumberPage,
  type PhoneNumberSort,
} from '@voxreach/contracts';
import type { ClientBase } from 'pg';
import { AuditEntriesService } from '../src/app/audit/audit-entries.service';
import { decodeCursor } from '../src/app/common/page';
import { foundIdsStatement, listStatement } from '../src/app/phone-numbers/phone-number.list';
import { matches } from '../src/app/phone-numbers/phone-number.search';
import { PrismaService } from '../src/app/prisma/prisma.service';
import { bodyOf, type Organization, useApi } from './support/api';
import { type Standing, standingAs } from './support/database-role';
import { serverUrl } from './support/test-database';

const api = useApi();

const ORGANIZATIONS = 500;

/** Of all organisations together; the embedded database is slower to fill. */
const ROWS = serverUrl === undefined ? 100_000 : 1_000_000;

/** Of one organisation alone, where reading all of them would tell. */
const MANY = 50_000;

/** What EXPLAIN says of one step; its inputs are the steps below. */
interface Plan {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  'Index Cond'?: string;
  Plans?: Plan[];
}

interface Statement {
  text: string;
  values: unknown[];
}

const SEARCH_INDEX = 'phone_numbers_search_idx';

let acme: Organization;
let giant: Organization;

beforeAll(async () => {
  acme = await api.organization();
  giant = await api.organization();
  // Made anew at the end: so many rows would take it minutes one by one.
  const { rows: indexes } = await api.db.query<{ definition: string }>(
    'SELECT pg_get_indexdef($1::regclass) AS definition',
    [SEARCH_INDEX],
  );
  await api.db.query(`DROP INDEX ${SEARCH_INDEX}`);
  await api.db.query(
    `INSERT INTO organizations (id, name, updated_at)
     SELECT ('00000000-0000-7000-8000-' || lpad(to_hex(i), 12, '0'))::uuid, 'Client ' || i, now()
     FROM generate_series(2, $1::int) AS i`,
    [ORGANIZATIONS],
  );
  await api.db.query(
    `WITH everybody AS (SELECT array_agg(id ORDER BY id) AS ids FROM organizations)
     INSERT INTO phone_numbers (id, organization_id, provider, number, name, status, lifecycle, created_at)
     SELECT ('10000000-0000-7000-8000-' || lpad(to_hex(i), 12, '0'))::uuid,
       -- Organisation by organisation: the indexes are filled many times faster than in turns.
       ids[1 + i * cardinality(ids)::bigint / ($1::int + 1)],
       'twilio', '+1' || 2000000000 + i, 'Line ' || i % 997, 'active', 'live',
       timestamptz '2026-01-01' + i * interval '1 second'
     FROM generate_series(1, $1::int) AS i, everybody`,
    [ROWS],
  );
  await api.db.query(
    `INSERT INTO phone_numbers (id, organization_id, provider, number, name, status, lifecycle, created_at)
     SELECT ('40000000-0000-7000-8000-' || lpad(to_hex(i), 12, '0'))::uuid, $1,
       'twilio', '+1' || 5000000000 + i * 7919, 'Line ' || i % 997, 'active', 'live',
       timestamptz '2026-01-01' + i * interval '1 second'
     FROM generate_series(1, $2::int) AS i`,
    [giant.id, MANY],
  );
  await api.db.query(
    `WITH everybody AS (SELECT array_agg(id ORDER BY id) AS ids FROM organizations)
     INSERT INTO audit_entries (id, organization_id, action, outcome, actor_type, actor_id, target_id, created_at)
     SELECT ('20000000-0000-7000-8000-' || lpad(to_hex(i), 12, '0'))::uuid,
       ids[1 + i * cardinality(ids)::bigint / ($1::int + 1)],
       (ARRAY['phone_number.update', 'phone_number.import', 'session.start'])[1 + i % 3],
       (ARRAY['succeeded', 'refused'])[1 + (i % 50 = 0)::int]::audit_outcome, 'user',
       ('30000000-0000-7000-8000-' || lpad(to_hex(i % 20), 12, '0'))::uuid,
       ('10000000-0000-7000-8000-' || lpad(to_hex(i / 10 * 10), 12, '0'))::uuid,
       timestamptz '2026-01-01' + i * interval '1 second'
     FROM generate_series(1, $1::int) AS i, everybody`,
    [ROWS],
  );
  for (const { definition } of indexes) await api.db.query(definition);
  await api.db.query('ANALYZE');
}, 300_000);

const stepsOf = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(stepsOf)];

/** How the database would carry this out for the application: as its role, below its policies; or as the owner of the tables. */
async function planOf(standing: Standing | 'owner', { text, values }: Statement): Promise<Plan[]> {
  const explain = (client: Pick<ClientBase, 'query'>) =>
    client.query<{ 'QUERY PLAN': { Plan: Plan }[] }>({ text: `EXPLAIN (FORMAT JSON) ${text}`, values });
  const { rows } = await (standing === 'owner' ? explain(api.db) : standingAs(api.db, standing, explain));
  const plan = rows[0]?.['QUERY PLAN'][0]?.Plan;
  if (plan === undefined) throw new Error('The database explained nothing');
  return stepsOf(plan);
}

const inAcme = (): Standing => ({ role: 'tenant', organizationId: acme.id });

/** How the database would find one page of Acme's numbers. */
function stepsTo(sort: PhoneNumberSort, cursor: string | null, query: object = {}): Promise<Plan[]> {
  const page = { query, sort, cursor: decodeCursor(cursor ?? undefined, sort), limit: 25 };
  const { text, values } = listStatement(acme.id, page);
  return planOf(inAcme(), { text, values: [...values] });
}

/** What Prisma sends to the database for `work`. */
async function statementsOf(work: (prisma: PrismaService) => Promise<unknown>): Promise<Statement[]> {
  const sent: Statement[] = [];
  const pool = api.database.connect();
  const send = pool.query.bind(pool) as (statement: Statement) => unknown;
  pool.query = ((statement: Statement) => {
    sent.push({ text: statement.text, values: statement.values });
    return send(statement);
  }) as typeof pool.query;
  const close = () => pool.end();
  const prisma = new PrismaService({
    pool,
    ownerPool: pool,
    isEmbedded: false,
    hasSessions: serverUrl !== undefined,
    close,
  });
  try {
    await work(prisma);
  } finally {
    await prisma.onApplicationShutdown();
  }
  return sent;
}

/** The cursor of a page at three quarters of Acme's list. */
async function deepCursor(sort: PhoneNumberSort): Promise<string> {
  let cursor = '';
  for (let seen = 0; seen < (0.75 * ROWS) / ORGANIZATIONS; seen += 50) {
    const page = bodyOf(
      await acme.get<PhoneNumberPage>(
        `/api/phone-numbers?sort=${sort}&limit=50${cursor && `&cursor=${cursor}`}`,
      ),
    );
    cursor = String(page.nextCursor);
  }
  return cursor;
}

function expectIndexOnly(steps: Plan[], table = 'phone_numbers'): void {
  const ofTable = steps.filter((step) => step['Relation Name'] === table);
  expect(ofTable.length).toBeGreaterThan(0);
  for (const step of ofTable) expect(step['Node Type']).toMatch(/^(Index|Bitmap Heap)/);
}

describe.each(PHONE_NUMBER_SORTS)(`A page of one organisation among ${ROWS} numbers, by %s,`, (sort) => {
  test('is read from an index, in its order', async () => {
    const steps = await stepsTo(sort, null);
    expectIndexOnly(steps);
    expect(steps.map((step) => step['Node Type'])).not.toContain('Sort');
  });

  test('is read from an index far down as well', async () => {
    const steps = await stepsTo(sort, await deepCursor(sort));
    expectIndexOnly(steps);
    // The pages before it are jumped over, not read.
    const numbers = steps.find((step) => step['Relation Name'] === 'phone_numbers');
    expect(numbers?.['Index Cond']).toContain('ROW(');
    expect(steps.map((step) => step['Node Type'])).not.toContain('Sort');
  });

  test('is read from an index with every filter', async () => {
    expectIndexOnly(await stepsTo(sort, null, { provider: 'twilio', status: 'active' }));
  });
});

describe.each(PHONE_NUMBER_SORTS)(`A status that few of ${MANY} numbers have, by %s,`, (sort) => {
  test('is found in its order by an index of those that have it', async () => {
    const query = { status: 'blocked' as const };
    const { text, values } = listStatement(giant.id, { query, sort, cursor: undefined, limit: 25 });
    const steps = await planOf({ role: 'tenant', organizationId: giant.id }, { text, values: [...values] });
    expect(steps.map((step) => step['Index Name'] ?? '').join()).toContain('phone_numbers_blocked_');
    expect(steps.map((step) => step['Node Type'])).not.toContain('Sort');
  });
});

describe.each(PHONE_NUMBER_SORTS)(`A search among ${MANY} numbers of one organisation, by %s,`, (sort) => {
  const pageOf = (search: string, agentIds: string[]) => {
    const page = { query: { status: 'active' as const }, sort, cursor: undefined, limit: 25 };
    const { text, values } = foundIdsStatement(giant.id, page, matches(search, agentIds));
    return planOf('owner', { text, values: [...values] });
  };
  const indexesIn = (steps: Plan[]) => steps.map((step) => step['Index Name']).filter((name) => name);

  test.each(['nowhere', '+1 (199) 555-0100', 'qx'])(
    'finds what is nowhere by its index: %s',
    async (search) => {
      const steps = await pageOf(search, []);
      expectIndexOnly(steps);
      expect(indexesIn(steps)).toContain(SEARCH_INDEX);
      // Those that are in the order of a list would be read to their end. (One by organisation may narrow down what the search finds.)
      expect(indexesIn(steps).filter((name) => name?.endsWith('_id_idx'))).toEqual([]);
    },
  );

  test('finds the numbers of an agent by theirs', async () => {
    const steps = await pageOf('nowhere', ['50000000-0000-7000-8000-000000000001']);
    expectIndexOnly(steps);
    expect(indexesIn(steps)).toContain(SEARCH_INDEX);
    expect(indexesIn(steps)).toContain('phone_numbers_organization_id_agent_id_created_at_id_idx');
  });

  test('reads what is everywhere in the order of the list', async () => {
    const steps = await pageOf('line', []);
    expectIndexOnly(steps);
    expect(indexesIn(steps)).not.toContain(SEARCH_INDEX);
    expect(steps.map((step) => step['Node Type'])).not.toContain('Sort');
  });
});

describe(`A page of the activity of one organisation among ${ROWS} entries`, () => {
  const actorId = '30000000-0000-7000-8000-000000000007';
  const targetId = '10000000-0000-7000-8000-000000000064';

  test.each<[string, ListAuditQuery]>([
    ['without a filter', {}],
    ['of one action', { action: 'session.start' }],
    ['of one person', { actorId }],
    ['about one thing', { targetId }],
    ['of some days', { from: '2026-01-01T00:00:00Z', to: '2026-01-02T00:00:00Z' }],
    ['of what was refused', { outcome: 'refused' }],
    ['with every filter', { action: 'session.start', actorId, targetId, outcome: 'refused' }],
  ])('is read from an index, in its order: %s', async (_which, query) => {
    const pages = await statementsOf(async (prisma) => {
      const entries = new AuditEntriesService(prisma);
      const { nextCursor } = await entries.list(acme.id, { ...query, limit: 2 });
      if (nextCursor !== null) await entries.list(acme.id, { ...query, limit: 2, cursor: nextCursor });
    });
    expect(pages.length).toBeGreaterThan(0);
    for (const [index, page] of pages.entries()) {
      const steps = await planOf(inAcme(), page);
      expectIndexOnly(steps, 'audit_entries');
      const entries = steps.find((step) => step['Relation Name'] === 'audit_entries');
      if (index > 0) expect(entries?.['Index Cond']).toContain('created_at <=');
      expect(steps.map((step) => step['Node Type'])).not.toContain('Sort');
    }
  });
});

test('A page comes within a second', async () => {
  for (const sort of PHONE_NUMBER_SORTS) {
    const startedAt = performance.now();
    const page = bodyOf(await acme.get<PhoneNumberPage>(`/api/phone-numbers?sort=${sort}&limit=100`));
    expect(performance.now() - startedAt).toBeLessThan(1_000);
    expect(page.items).toHaveLength(100);
  }
});
