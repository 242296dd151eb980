import type { Pool } from 'pg';

/** Every row of every table of the application, as text. */
export type Contents = Record<string, string[]>;

export async function contentsOf(db: Pool): Promise<Contents> {
  const { rows: tables } = await db.query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.tables
     WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND table_name <> '_prisma_migrations' ORDER BY 1`,
  );
  const contents: Contents = {};
  for (const { name } of tables) {
    // Not by way of JSON, which is how a backup writes them.
    const { rows } = await db.query<{ row: string }>(`SELECT t::text AS row FROM "${name}" t ORDER BY 1`);
    contents[name] = rows.map(({ row }) => row);
  }
  return contents;
}
