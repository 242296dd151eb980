import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { PoolClient } from 'pg';
import { appliedMigrations } from '../prisma/migrate';
import {
  BACKUP_FORMAT,
  BACKUP_VERSION,
  type BackupEnd,
  type BackupHeader,
  newHash,
  rowLine,
  type RowCounts,
} from './backup-file';
import type { Command } from './command';
import { type DatabaseTable, databaseSequences, databaseTables } from './database-tables';
import type { Operator } from './operator';
import { OperatorError } from './operator-error';

/** Rows that are in memory at a time. */
const ROWS_AT_A_TIME = 500;

/** The whole database in a file, from one moment. */
export const backup: Command = {
  summary: 'Writes the whole database into a file, which "restore" puts into another database.',
  notes: [
    'The servers may go on running. With "-" for the file it goes to standard output.',
    'Keep the file as safe as the database: it has the hashes of tokens, and the sealed passwords and second factors, which only the same JWT_SECRET opens.',
  ].join('\n'),
  values: ['file'],
  async run(operator, { given }) {
    const file = given['file'] ?? '';
    const counts: RowCounts = {};
    const client = await operator.database.ownerPool.connect();
    try {
      // All of it as it is at this moment, whatever is written meanwhile.
      await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
      await write(file, linesOf(operator, client, counts));
      await client.query('COMMIT');
      client.release();
    } catch (error) {
      // With it ends its transaction.
      client.release(true);
      throw error;
    }
    const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
    operator.terminal.note(`The backup is complete: ${total} rows of ${Object.keys(counts).length} tables.`);
    return 0;
  },
};

async function write(file: string, lines: AsyncGenerator<string>): Promise<void> {
  if (file === '-') return pipeline(lines, createGzip(), process.stdout, { end: false });
  let isOurs = false;
  // Never over another one, and for nobody else to read. On the disk before it is said to be complete.
  const target = createWriteStream(file, { flags: 'wx', mode: 0o600, flush: true });
  target.once('open', () => (isOurs = true));
  try {
    await pipeline(lines, createGzip(), target);
  } catch (error) {
    if (isOurs) await rm(file, { force: true });
    throw (error as NodeJS.ErrnoException).code === 'EEXIST'
      ? new OperatorError(`There is a file ${file} already. Choose another name.`)
      : error;
  }
}

async function* linesOf({ config }: Operator, client: PoolClient, counts: RowCounts): AsyncGenerator<string> {
  const hash = newHash();
  const hashed = (text: string) => {
    hash.update(text);
    return text;
  };
  const tables = await databaseTables(client);
  const header: BackupHeader = {
    format: BACKUP_FORMAT,
    version: BACKUP_VERSION,
    createdAt: new Date().toISOString(),
    migrations: await appliedMigrations(client),
    keys: config.keys.all.map(({ id }) => id),
    rows: await countRows(client, tables),
    sequences: await databaseSequences(client),
  };
  yield hashed(`${JSON.stringify(header)}\n`);
  for (const table of tables) {
    counts[table.name] = 0;
    for await (const rows of rowsOf(client, table)) {
      counts[table.name] = (counts[table.name] ?? 0) + rows.length;
      yield hashed(rows.map((row) => rowLine(table.name, row)).join(''));
    }
  }
  const end: BackupEnd = { end: true, rows: counts, sha256: hash.digest('hex') };
  yield `${JSON.stringify(end)}\n`;
}

async function countRows(client: PoolClient, tables: readonly DatabaseTable[]): Promise<RowCounts> {
  const counts: RowCounts = {};
  for (const { name, sql } of tables) {
    const { rows } = await client.query<{ count: number }>(`SELECT count(*)::int AS count FROM ${sql}`);
    counts[name] = rows[0]?.count ?? 0;
  }
  return counts;
}

/** Each row as one line of JSON. Not jsonb, which would change the order and the blanks of what a column of json has. */
async function* rowsOf(client: PoolClient, { sql }: DatabaseTable): AsyncGenerator<string[]> {
  await client.query(
    `DECLARE backup NO SCROLL CURSOR FOR SELECT translate(row_to_json(t)::text, E'\\n\\r', '  ') AS json FROM ${sql} t`,
  );
  for (;;) {
    const { rows } = await client.query<{ json: string }>(`FETCH ${ROWS_AT_A_TIME} FROM backup`);
    if (rows.length === 0) break;
    yield rows.map(({ json }) => json);
  }
  await client.query('CLOSE backup');
}
