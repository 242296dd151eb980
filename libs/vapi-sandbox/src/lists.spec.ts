import { type Body, sandboxForTests } from './testing/sandbox-client';

describe('a list', () => {
  const client = sandboxForTests();
  const makeAssistants = async (count: number): Promise<Body[]> => {
    const made: Body[] = [];
    for (let i = 0; i < count; i++) made.push(await client().make('/assistant', { name: `Agent ${i}` }));
    return made;
  };
  const ids = (items: readonly Body[]): string[] => items.map(({ id }) => id);

  it('is a bare array, newest first', async () => {
    const made = await makeAssistants(3);
    const listed = await client().list('/assistant');
    expect(ids(listed)).toEqual([...ids(made).reverse(), client().sandbox.operatorIds.assistantId]);
  });

  it('holds a hundred objects unless told otherwise', async () => {
    await makeAssistants(101);
    expect(await client().list('/assistant')).toHaveLength(100);
    expect(await client().list('/assistant?limit=1000')).toHaveLength(102);
    expect(await client().list('/assistant?limit=0')).toEqual([]);
  });

  it('can be paged through by createdAtLt without losing an object', async () => {
    const made = await makeAssistants(5);
    const found: Body[] = [];
    let page = await client().list('/assistant?limit=2');
    while (page.length > 0) {
      found.push(...page);
      page = await client().list(`/assistant?limit=2&createdAtLt=${String(page.at(-1)?.['createdAt'])}`);
    }
    expect(ids(found)).toEqual([...ids(made).reverse(), client().sandbox.operatorIds.assistantId]);
  });

  it.each(['createdAt', 'updatedAt'])('is filtered by %s', async (field) => {
    const [, middle] = await makeAssistants(3);
    const count = async (bound: string): Promise<number> =>
      (await client().list(`/assistant?${field}${bound}=${String(middle?.[field])}`)).length;
    expect([await count('Gt'), await count('Ge'), await count('Lt'), await count('Le')]).toEqual([
      1, 2, 2, 3,
    ]);
  });

  it.each([
    ['limit=1001', 'limit must not be greater than 1000'],
    ['limit=-1', 'limit must not be less than 0'],
    ['limit=many', 'limit must be a number conforming to the specified constraints'],
    ['createdAtGt=yesterday', 'createdAtGt must be a valid ISO 8601 date string'],
    ['page=2', 'property page should not exist'],
  ])('refuses the query %s', async (query, text) => {
    const { status, body } = await client().send('GET', `/assistant?${query}`);
    expect([status, body.message]).toEqual([400, [text]]);
  });
});
