import { EMPTY, expand, map, type Observable, reduce } from 'rxjs';

interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

/** Reads a list to its end. Only for lists that are short by nature. */
export const allPages = <T>(read: (cursor?: string) => Observable<Page<T>>): Observable<T[]> =>
  read().pipe(
    expand(({ nextCursor }) => (nextCursor === null ? EMPTY : read(nextCursor))),
    map(({ items }) => items),
    reduce((all, items) => [...all, ...items], [] as T[]),
  );
