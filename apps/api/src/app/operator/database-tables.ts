import { escapeIdentifier, type PoolClient } from 'pg';

/** A table of ours, and how it is named in a statement. */
export interface DatabaseTable {
  name: string;
  sql: string;
}

/**
 * All tables of the application, those that others refer to in front. The catalogue is asked, so that no table can be forgotten. Left out are
 * the list of migrations, which each database has of its own, and the job engine's tables, which have a schema of their own.
 */
export async function databaseTables(client: PoolClient): Promise<DatabaseTable[]> {
  const { rows } = await client.query<{ name: string; refersTo: string[] }>(`
    SELECT c.relname AS name, array(
      SELECT DISTINCT r.relname::text FROM pg_constraint f JOIN pg_class r ON r.oid = f.confrelid
      WHERE f.conrelid = c.oid AND f.contype = 'f' AND f.confrelid <> c.oid
    ) AS "refersTo"
    FROM pg_class c
    WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
      AND c.relname <> '_prisma_migrations'
    ORDER BY c.relname`);
  return inOrder(rows).map((name) => ({ name, sql: escapeIdentifier(name) }));
}

/** Each name behind those that it refers to. */
function inOrder(tables: readonly { name: string; refersTo: readonly string[] }[]): string[] {
  const ordered: string[] = [];
  while (ordered.length < tables.length) {
    const next = tables.find(
      ({ name, refersTo }) => !ordered.includes(name) && refersTo.every((other) => ordered.includes(other)),
    );
    if (next === undefined) throw new Error('Tables refer to each other in a circle');
    ordered.push(next.name);
  }
  return ordered;
}

/** Counters of the application, with their last value; those that were never used are left out. */
export async function databaseSequences(client: PoolClient): Promise<Record<string, string>> {
  const { rows } = await client.query<{ name: string; value: string }>(
    `SELECT sequencename AS name, last_value::text AS value FROM pg_sequences
     WHERE schemaname = current_schema() AND last_value IS NOT NULL ORDER BY 1`,
  );
  return Object.fromEntries(rows.map(({ name, value }) => [name, value]));
}
