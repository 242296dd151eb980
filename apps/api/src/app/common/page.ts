import { validationFailed } from './dto.pipe';
import { UUID } from './uuid';

export const DEFAULT_PAGE_SIZE = 25;

/** Where a page ended: the sort value and id of its last row, and the sort they belong to. */
export interface Cursor {
  sort: string;
  value: string;
  id: string;
}

export const encodeCursor = ({ sort, value, id }: Cursor): string =>
  Buffer.from(JSON.stringify([sort, value, id])).toString('base64url');

/**
 * Reads a cursor that was given out for the same sort.
 * @throws AppError VALIDATION_FAILED for anything else
 */
export function decodeCursor(text: string | undefined, sort: string): Cursor | undefined {
  if (text === undefined) return undefined;
  const parts = parse(text);
  const [forSort, value, id] = Array.isArray(parts) ? (parts as unknown[]) : [];
  const isTime = sort.endsWith('createdAt');
  const usable =
    forSort === sort &&
    typeof value === 'string' &&
    !value.includes('\0') &&
    (!isTime || isTimeOfOurs(value)) &&
    typeof id === 'string' &&
    UUID.test(id);
  if (!usable) {
    throw validationFailed([
      { path: 'cursor', message: 'Send nextCursor of the page before, as it is, with the same sort.' },
    ]);
  }
  return { sort, value: value as string, id: id as string };
}

/** As `toISOString` writes it; the database cannot read everything else that JavaScript takes for a time. */
const isTimeOfOurs = (value: string): boolean =>
  /^[1-9]\d{3}-/.test(value) && !Number.isNaN(Date.parse(value)) && new Date(value).toISOString() === value;

function parse(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}

/** Cuts the one row too many that tells whether there is a next page. */
export function toPage<Row>(
  rows: Row[],
  limit: number,
  cursorOf: (row: Row) => string,
): { rows: Row[]; nextCursor: string | null } {
  const last = rows[limit - 1];
  return {
    rows: rows.slice(0, limit),
    nextCursor: rows.length > limit && last !== undefined ? cursorOf(last) : null,
  };
}
