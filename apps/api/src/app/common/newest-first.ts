import type { PageQuery } from '@voxreach/contracts';
import { decodeCursor, DEFAULT_PAGE_SIZE, encodeCursor, toPage } from './page';

const SORT = '-createdAt';

interface CreatedRow {
  id: string;
  createdAt: Date;
}

/**
 * One page of rows, newest first: what to ask Prisma for, and how to cut the answer.
 * @throws AppError VALIDATION_FAILED for a cursor that is not of this list
 */
export function newestFirst({ limit = DEFAULT_PAGE_SIZE, cursor: text }: PageQuery) {
  const cursor = decodeCursor(text, SORT);
  return {
    after: cursor && {
      // Says nothing new, but the index can be entered by it.
      createdAt: { lte: cursor.value },
      OR: [{ createdAt: { lt: cursor.value } }, { id: { lt: cursor.id } }],
    },
    orderBy: [{ createdAt: 'desc' as const }, { id: 'desc' as const }],
    take: limit + 1,
    page: <Row extends CreatedRow>(found: Row[]) =>
      toPage(found, limit, ({ createdAt, id }) =>
        encodeCursor({ sort: SORT, value: createdAt.toISOString(), id }),
      ),
  };
}
