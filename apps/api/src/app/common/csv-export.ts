import { Readable } from 'node:stream';
import { StreamableFile } from '@nestjs/common';
import type { FastifyReply } from 'fastify';

/** What a column holds of an item. */
export type CsvColumns<Item> = Record<string, (item: Item) => string | null>;

interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
}

/** Items that are read at a time. */
const PAGE_SIZE = 100;

/** Items in one file at most: more are a matter for filters. */
const MOST_ITEMS = 100_000;

/**
 * Answers with a file of all pages, one after the other as the client takes them. `read` runs on after the request's own scope has ended,
 * so it brings one along.
 */
export function csvExport<Item>(
  reply: FastifyReply,
  name: string,
  columns: CsvColumns<Item>,
  read: (page: { limit: number; cursor?: string }) => Promise<Page<Item>>,
): StreamableFile {
  void reply.header('content-disposition', `attachment; filename="${name}.csv"`);
  return new StreamableFile(Readable.from(lines(columns, read)), { type: 'text/csv; charset=utf-8' });
}

async function* lines<Item>(
  columns: CsvColumns<Item>,
  read: (page: { limit: number; cursor?: string }) => Promise<Page<Item>>,
): AsyncGenerator<string> {
  yield csvLine(Object.keys(columns));
  let cursor: string | undefined;
  for (let count = 0; count < MOST_ITEMS; count += PAGE_SIZE) {
    const page = await read({ limit: PAGE_SIZE, ...(cursor === undefined ? {} : { cursor }) });
    yield page.items
      .map((item) => csvLine(Object.values(columns).map((valueOf) => valueOf(item) ?? '')))
      .join('');
    if (page.nextCursor === null) return;
    cursor = page.nextCursor;
  }
}

/** RFC 4180. */
const csvLine = (values: readonly string[]): string => `${values.map(quoted).join(',')}\r\n`;

/** A spreadsheet takes a text that begins like this for a formula and would run it, some also in full width. A phone number is none. */
const FORMULA = /^(?!\+?\d+$)[=+\-@\t\r\n＝＋－＠]/;

const quoted = (value: string): string =>
  `"${(FORMULA.test(value) ? `'${value}` : value).replaceAll('"', '""')}"`;
