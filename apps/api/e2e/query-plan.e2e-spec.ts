import { PHONE_NUMBER_SORTS, type PhoneNumberPage, type PhoneNumberSort } from '@voxreach/contracts';
import { decodeCursor } from '../src/app/common/page';
import { listStatement } from '../src/app/phone-numbers/phone-number.list';
import { bodyOf, type Organization, useApi } from './support/api';
import { serverUrl } from './support/test-database';

const api = useApi();

const ORGANIZATIONS = 500;

/** Of all organisations together; the embedded database is slower to fill. */
const ROWS = serverUrl === undefined ? 100_000 : 1_000_000;

/** What EXPLAIN says of one step; its inputs are the steps below. */
interface Plan {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  Plans?: Plan[];
}

let acme: Organization;

beforeAll(async () => {
  acme = await api.organization();
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
  await api.db.query('ANALYZE');
}, 180_000);

const stepsOf = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(stepsOf)];

/** How the database would find one page of Acme's numbers. */
async function stepsTo(sort: PhoneNumberSort, cursor: string | null, query: object = {}): Promise<Plan[]> {
  const statement = listStatement(acme.id, query, sort, decodeCursor(cursor ?? undefined, sort), 25);
  const { rows } = await api.db.query<{ 'QUERY PLAN': { Plan: Plan }[] }>({
    text: `EXPLAIN (FORMAT JSON) ${statement.text}`,
    values: [...statement.values],
  });
  const plan = rows[0]?.['QUERY PLAN'][0]?.Plan;
  if (plan === undefined) throw new Error('The database explained nothing');
  return stepsOf(plan);
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

function expectIndexOnly(steps: Plan[]): void {
  const ofNumbers = steps.filter((step) => step['Relation Name'] === 'phone_numbers');
  expect(ofNumbers.length).toBeGreaterThan(0);
  for (const step of ofNumbers) expect(step['Node Type']).toMatch(/^(Index|Bitmap Heap)/);
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
    expect(steps.map((step) => step['Node Type'])).not.toContain('Sort');
  });

  test('is read from an index with every filter and a search', async () => {
    const query = { provider: 'twilio', status: 'active', search: '555' };
    expectIndexOnly(await stepsTo(sort, null, query));
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
