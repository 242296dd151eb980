/** A part of a list, as every route that pages answers with it. */
export interface Page<Item> {
  items: Item[];
  /** Where the next page begins; null on the last one. */
  nextCursor: string | null;
}

/**
 * The items of all pages of a list, one after the other. A page is asked for when the items of the one before it are used up, so whoever
 * breaks off the loop asks for no more of them. What is added or removed meanwhile shifts nothing.
 *
 *     for await (const number of allItems((page) => voxreach.phoneNumbers.list({ query: { limit: 100, ...page } })))
 *
 * @throws VoxReachError as the call does that asks for a page.
 */
export async function* allItems<Item>(
  read: (page: { cursor?: string }) => Promise<{ data: Page<Item> }>,
): AsyncGenerator<Item, void, undefined> {
  let cursor: string | null = null;
  do {
    const { data }: { data: Page<Item> } = await read(cursor === null ? {} : { cursor });
    yield* data.items;
    cursor = data.nextCursor;
  } while (cursor !== null);
}
