import {
  PHONE_NUMBER_SORTS,
  type PhoneNumberPage,
  type PhoneNumberResponse,
  type PhoneNumberSort,
} from '@voxreach/contracts';
import { bodyOf, type Organization, useApi } from './support/api';
import { createAgent, importNumber, IMPORTS } from './support/builders';
import { pathsOf, problemOf } from './support/problem';

const api = useApi();

/** So many numbers of an organisation, many with equal names and creation times, some with a SIP address. */
async function insertNumbers({ id }: Organization, count: number): Promise<void> {
  await api.db.query(
    `INSERT INTO phone_numbers (id, organization_id, provider, number, sip_uri, name, status, lifecycle, created_at)
     SELECT gen_random_uuid(), $1, CASE i % 4 WHEN 0 THEN 'byo-phone-number' ELSE 'twilio' END,
       CASE i % 4 WHEN 0 THEN NULL ELSE '+1303' || lpad((i * 7919 % 10000000)::text, 7, '0') END,
       CASE i % 4 WHEN 0 THEN 'sip:user' || i || '@example.com' END,
       (ARRAY['Äpfel', 'apfel', 'Birne', 'birne 10', 'birne 9', '☎', '', 'Zed'])[1 + i % 8] || ' line',
       (ARRAY['active', 'activating', 'blocked'])[1 + i % 3]::phone_number_status, 'live',
       timestamptz '2026-03-01' + (i / 5) * interval '1 millisecond'
     FROM generate_series(1, $2::int) AS i`,
    [id, count],
  );
}

const list = (organization: Organization, query: Record<string, string | number> = {}) =>
  organization.get<PhoneNumberPage>(`/api/phone-numbers?${queryOf(query)}`);

const queryOf = (query: Record<string, string | number>): string =>
  Object.entries(query)
    .map(([key, value]) => `${key}=${encodeURIComponent(value)}`)
    .join('&');

/** All pages, one after the other. */
async function pagesOf(
  organization: Organization,
  query: Record<string, string | number>,
): Promise<PhoneNumberResponse[][]> {
  const pages: PhoneNumberResponse[][] = [];
  let cursor: string | null = null;
  do {
    const page: PhoneNumberPage = bodyOf(
      await list(organization, { ...query, ...(cursor === null ? {} : { cursor }) }),
    );
    pages.push(page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return pages;
}

describe.each(PHONE_NUMBER_SORTS)('Paging through numbers by %s', (sort) => {
  test.each([1, 7, 60, 100])('shows each number once, %i at a time', async (limit) => {
    const acme = await api.organization();
    const others = await api.organization('Others');
    await insertNumbers(acme, limit === 1 ? 12 : 60);
    await insertNumbers(others, 20);
    const pages = await pagesOf(acme, { sort, limit });
    const all = pages.flat();
    const { rows } = await api.db.query<{ id: string }>(
      'SELECT id FROM phone_numbers WHERE organization_id = $1',
      [acme.id],
    );
    expect(all.map(({ id }) => id).toSorted()).toEqual(rows.map(({ id }) => id).toSorted());
    expect(pages.slice(0, -1).every((page) => page.length === limit)).toBe(true);
    expect(pages.at(-1)?.length).toBeGreaterThan(0);
  });

  test('keeps the order over all pages', async () => {
    const acme = await api.organization();
    await insertNumbers(acme, 40);
    const all = (await pagesOf(acme, { sort, limit: 6 })).flat();
    const whole = bodyOf(await list(acme, { sort, limit: 100 })).items;
    expect(all).toEqual(whole);
    if (sort === 'createdAt' || sort === '-createdAt') {
      const times = all.map(({ createdAt }) => createdAt);
      const ascending = times.toSorted();
      expect(times).toEqual(sort === 'createdAt' ? ascending : ascending.toReversed());
    }
  });

  test('loses and repeats nothing when numbers come and go meanwhile', async () => {
    const acme = await api.organization();
    await insertNumbers(acme, 30);
    const first = bodyOf(await list(acme, { sort, limit: 10 }));
    const [gone] = first.items;
    await api.db.query('DELETE FROM phone_numbers WHERE id = ANY($1)', [[gone?.id, first.items.at(-1)?.id]]);
    const rest = bodyOf(await list(acme, { sort, limit: 100, cursor: String(first.nextCursor) }));
    expect(rest.items).toHaveLength(20);
    const seen = new Set(first.items.map(({ id }) => id));
    expect(rest.items.filter(({ id }) => seen.has(id))).toEqual([]);
  });
});

test('Without a wish the newest numbers come first, 25 at a time', async () => {
  const acme = await api.organization();
  await insertNumbers(acme, 30);
  const page = bodyOf(await list(acme));
  expect(page.items).toHaveLength(25);
  expect(page).toEqual(bodyOf(await list(acme, { sort: '-createdAt', limit: 25 })));
});

test('An organisation without numbers has an empty list', async () => {
  const acme = await api.organization();
  expect((await list(acme)).body).toEqual({ items: [], nextCursor: null });
});

describe('Searching', () => {
  let found: (search: string) => Promise<string[]>;

  beforeAll(async () => {
    const acme = await api.organization();
    const agent = await createAgent(acme, { name: 'Night 100% desk' });
    await importNumber(acme, IMPORTS.twilio({ name: 'Main_Office', number: '+14155550100' }));
    await importNumber(acme, IMPORTS.twilio({ name: 'MainXOffice', number: '+442071838750' }));
    await importNumber(
      acme,
      IMPORTS.telnyx({ name: "O'Hara \\ Söhne", number: '+4930901820', agentId: agent.id }),
    );
    await importNumber(
      acme,
      IMPORTS['byo-phone-number']({
        name: 'Lobby',
        number: undefined,
        sipUri: 'sip:lobby7@pbx.example.org',
      }),
    );
    found = async (search) => {
      const { items } = bodyOf(await list(acme, { search, sort: 'name' }));
      return items.map(({ name }) => name);
    };
  });

  test('looks into number, SIP address, name and agent, whatever the case', async () => {
    expect(await found('5550100')).toEqual(['Main_Office']);
    expect(await found('PBX.example')).toEqual(['Lobby']);
    expect(await found('söhne')).toEqual(["O'Hara \\ Söhne"]);
    expect(await found('night')).toEqual(["O'Hara \\ Söhne"]);
    expect(await found('nothing like it')).toEqual([]);

    // Numbers as people write them.
    expect(await found('+1 (415) 555-0100')).toEqual(['Main_Office']);
    expect(await found('20 7183 8750')).toEqual(['MainXOffice']);

    // With a plus, from the first digit on.
    expect(await found('+44 20')).toEqual(['MainXOffice']);
    expect(await found('+207')).toEqual([]);
  });

  test('finds one or two characters where a word begins', async () => {
    expect(await found('l')).toEqual(['Lobby']);
    expect(await found('PB')).toEqual(['Lobby']);
    expect(await found('sö')).toEqual(["O'Hara \\ Söhne"]);
    expect(await found('de')).toEqual(["O'Hara \\ Söhne"]);
    expect(await found('bb')).toEqual([]);
    expect(await found('+4')).toEqual(['MainXOffice', "O'Hara \\ Söhne"]);
    expect(await found('14')).toEqual(['Main_Office']);
  });

  test('takes every character as itself', async () => {
    expect(await found('in_off')).toEqual(['Main_Office']);
    expect(await found('100%')).toEqual(["O'Hara \\ Söhne"]);
    expect(await found('%')).toEqual(["O'Hara \\ Söhne"]);
    expect(await found('\\')).toEqual(["O'Hara \\ Söhne"]);
    expect(await found('_o')).toEqual(['Main_Office']);
    for (const search of ['.*', '(', '[a', 'l?', 'o|']) expect(await found(search)).toEqual([]);
    expect(await found("o'hara \\")).toEqual(["O'Hara \\ Söhne"]);
    expect(await found("'; DROP TABLE phone_numbers; --")).toEqual([]);
    expect(await found('  ')).toHaveLength(4);
  });
});

describe('Filtering', () => {
  test('narrows by provider, status and agent, alone and together', async () => {
    const acme = await api.organization();
    const [sales, desk] = [
      await createAgent(acme, { name: 'Sales' }),
      await createAgent(acme, { name: 'Desk' }),
    ];
    const one = await importNumber(acme, IMPORTS.twilio({ agentId: sales.id }));
    const two = await importNumber(acme, IMPORTS.telnyx({ agentId: sales.id }));
    const three = await importNumber(acme, IMPORTS.telnyx({ agentId: desk.id }));
    const four = await importNumber(acme, IMPORTS.telnyx());
    await api.db.query(`UPDATE phone_numbers SET status = 'blocked' WHERE id = $1`, [two.id]);
    const found = async (query: Record<string, string>) =>
      bodyOf(await list(acme, { ...query, sort: 'createdAt' })).items.map(({ id }) => id);
    expect(await found({ provider: 'telnyx' })).toEqual([two.id, three.id, four.id]);
    expect(await found({ provider: 'vonage' })).toEqual([]);
    expect(await found({ status: 'blocked' })).toEqual([two.id]);
    expect(await found({ agentId: sales.id })).toEqual([one.id, two.id]);
    expect(await found({ agentId: sales.id, provider: 'telnyx', status: 'blocked' })).toEqual([two.id]);
    expect(await found({ agentId: sales.id, provider: 'twilio', status: 'blocked' })).toEqual([]);
    expect(await found({ agentId: desk.id, search: String(three.number) })).toEqual([three.id]);
  });

  test('pages within its result', async () => {
    const acme = await api.organization();
    await insertNumbers(acme, 48);
    const pages = await pagesOf(acme, {
      provider: 'twilio',
      status: 'active',
      search: 'line',
      sort: 'name',
      limit: 5,
    });
    expect(pages.map((page) => page.length)).toEqual([5, 5, 2]);
    expect(new Set(pages.flat().map(({ id }) => id)).size).toBe(12);
  });
});

describe('A list is refused with', () => {
  test.each([
    ['limit=0', 'limit'],
    ['limit=101', 'limit'],
    ['limit=-1', 'limit'],
    ['limit=2.5', 'limit'],
    ['limit=many', 'limit'],
    ['limit=', 'limit'],
    ['limit=1&limit=2', 'limit'],
    ['sort=status', 'sort'],
    ['sort=-name', 'sort'],
    ['sort=__proto__', 'sort'],
    ['sort=name&sort=number', 'sort'],
    ['provider=byo', 'provider'],
    ['status=gone', 'status'],
    ['agentId=none', 'agentId'],
    [`search=${'x'.repeat(101)}`, 'search'],
    ['search=%00', 'search'],
    ['organizationId=00000000-0000-4000-8000-000000000000', 'organizationId'],
    ['cursor=', 'cursor'],
    ['cursor=invented', 'cursor'],
    ['cursor=W10', 'cursor'],
    ['cursor=bnVsbA', 'cursor'],
    [`cursor=${'x'.repeat(1_001)}`, 'cursor'],
    ['cursor=a&cursor=b', 'cursor'],
  ])('%s', async (query, path) => {
    const acme = await api.organization();
    const problem = problemOf(await acme.get(`/api/phone-numbers?${query}`), 'VALIDATION_FAILED');
    expect(pathsOf(problem)).toEqual([path]);
  });

  test.each<[string, unknown]>([
    ['a time that is none', ['-createdAt', 'yesterday', '00000000-0000-4000-8000-000000000000']],
    [
      'a year beyond the database',
      ['-createdAt', '+275760-09-13T00:00:00.000Z', '00000000-0000-4000-8000-000000000000'],
    ],
    ['an id that is none', ['-createdAt', '2026-01-01T00:00:00.000Z', "' OR 1=1"]],
    ['a number for a time', ['-createdAt', 5, '00000000-0000-4000-8000-000000000000']],
    ['U+0000 for a time', ['-createdAt', '2026\0', '00000000-0000-4000-8000-000000000000']],
    ['an object', { sort: '-createdAt' }],
  ])('a cursor that holds %s', async (_what, content) => {
    const acme = await api.organization();
    const cursor = Buffer.from(JSON.stringify(content)).toString('base64url');
    const problem = problemOf(await list(acme, { cursor }), 'VALIDATION_FAILED');
    expect(pathsOf(problem)).toEqual(['cursor']);
  });

  test('a cursor of another sort', async () => {
    const acme = await api.organization();
    await insertNumbers(acme, 5);
    for (const sort of PHONE_NUMBER_SORTS) {
      const { nextCursor } = bodyOf(await list(acme, { sort, limit: 2 }));
      const others = PHONE_NUMBER_SORTS.filter((other: PhoneNumberSort) => other !== sort);
      for (const other of others) {
        const reply = await list(acme, { sort: other, cursor: String(nextCursor) });
        expect(pathsOf(problemOf(reply, 'VALIDATION_FAILED'))).toEqual(['cursor']);
      }
    }
  });
});

test("Another organisation's cursor shows nothing of it", async () => {
  const [acme, globex] = [await api.organization('Acme'), await api.organization('Globex')];
  await insertNumbers(acme, 10);
  await insertNumbers(globex, 10);
  const foreign = bodyOf(await list(globex, { limit: 3, sort: 'name' }));
  const reply = bodyOf(await list(acme, { sort: 'name', limit: 100, cursor: String(foreign.nextCursor) }));
  const { rows } = await api.db.query<{ id: string }>(
    'SELECT id FROM phone_numbers WHERE organization_id = $1',
    [acme.id],
  );
  const own = new Set(rows.map(({ id }) => id));
  expect(reply.items.every(({ id }) => own.has(id))).toBe(true);
});
