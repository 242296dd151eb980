import type { PGlite } from '@electric-sql/pglite';

/** Messages of PostgreSQL's extended protocol that are open until a Sync: Parse, Bind, Describe, Execute, Close, Function call, Flush. */
const OPEN = new Set([...'PBDECFH'].map((letter) => letter.charCodeAt(0)));

/**
 * A view of the database for its socket server. The server takes messages of all connections in turn and keeps to one connection only
 * inside a transaction, but there is one session for all: a statement that another connection prepares between somebody's Bind and Execute
 * would answer in its place. So a batch counts as a transaction until its Sync.
 */
export function inWholeBatches(db: PGlite): PGlite {
  let isOpen = false;
  const own: Partial<PGlite> = {
    isInTransaction: () => isOpen || db.isInTransaction(),
    execProtocolRawStream: (message, options) => {
      isOpen = OPEN.has(message[0] ?? 0);
      return db.execProtocolRawStream(message, options);
    },
    // The server rolls back what a lost connection has left open.
    exec: (query, options) => {
      isOpen = false;
      return db.exec(query, options);
    },
  };
  return new Proxy(db, {
    get(target, key) {
      const value: unknown = Reflect.get(own, key) ?? Reflect.get(target, key, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
