import type { PoolClient } from 'pg';
import { knownMigrations } from '../prisma/migrate';
import { type BackupHeader, readBackup } from './backup-file';
import type { Command } from './command';
import { databaseTables, type DatabaseTable } from './database-tables';
import { OperatorError } from './operator-error';

/** Rows that are sent to the database at a time. */
const ROWS_AT_A_TIME = 500;

/** A backup in an empty database: after a loss, or to move to another one. */
export const restore: Command = {
  summary: 'Puts a backup into an empty database, all of it or nothing.',
  notes: [
    'No server may be running on that database. With "-" for the file it is read from standard input.',
    'Set the JWT_SECRET of the installation that the backup is from, or have it as JWT_SECRET_PREVIOUS: without it nobody can sign in.',
  ].join('\n'),
  values: ['file'],
  mayBegin: true,
  async run(operator, { given }) {
    const { database, terminal, config } = operator;
    const file = given['file'] ?? '';
    if (await database.hasServer())
      throw new OperatorError(
        'A server is running on this database. Stop it first, all replicas. Nothing was written.',
      );
    let header: BackupHeader | undefined;
    // Once without writing. What comes through a pipe is read once; a fault is then noticed before anything is kept.
    if (file !== '-') await readBackup(file, { header: refuseOtherMigrations });
    const client = await database.ownerPool.connect();
    try {
      await client.query('BEGIN');
      header = await fill(client, file);
      await client.query('COMMIT');
      client.release();
    } catch (error) {
      // With it ends its transaction.
      client.release(true);
      throw error;
    }
    const total = Object.values(header.rows).reduce((sum, count) => sum + count, 0);
    terminal.say(
      `The backup of ${header.createdAt} is restored: ${total} rows of ${Object.keys(header.rows).length} tables.`,
    );
    const [madeWith, ...others] = header.keys.map((id) => config.keys.withId(id));
    if (madeWith === undefined || others.includes(undefined))
      terminal.note(
        'JWT_SECRET is not the one that this backup was made with, or JWT_SECRET_PREVIOUS is missing, which it had. Set them before you start the server, or people cannot sign in.',
      );
    else if (madeWith === config.keys.previous || others.length > 0)
      terminal.note(
        'This backup has what was made with JWT_SECRET_PREVIOUS. Run "reseal" before you remove that setting.',
      );
    return 0;
  },
};

function refuseOtherMigrations({ migrations }: BackupHeader): void {
  if (migrations.join() === knownMigrations().join()) return;
  throw new OperatorError(
    'This backup is of another version of VoxReach. Restore it with that version, and start the server of this one then, which upgrades it. Nothing was written.',
  );
}

async function fill(client: PoolClient, file: string): Promise<BackupHeader> {
  const tables = await databaseTables(client);
  await refuseUnlessEmpty(client, tables);
  const byName = new Map(tables.map((table) => [table.name, table]));
  let header: BackupHeader | undefined;
  let waiting: { table: DatabaseTable; rows: string[] } | undefined;
  const send = async () => {
    if (waiting !== undefined)
      await client.query(
        `INSERT INTO ${waiting.table.sql} SELECT * FROM json_populate_recordset(NULL::${waiting.table.sql}, $1::json)`,
        [`[${waiting.rows.join(',')}]`],
      );
    waiting = undefined;
  };
  await readBackup(file, {
    header(found) {
      refuseOtherMigrations(found);
      const isSame = Object.keys(found.rows).toSorted().join() === [...byName.keys()].toSorted().join();
      if (!isSame)
        throw new OperatorError('This backup has other tables than this database. Nothing was written.');
      header = found;
    },
    async row(name, json) {
      const table = byName.get(name);
      if (table === undefined)
        throw new OperatorError(
          `This backup has rows of a table ${name}, which is unknown. Nothing was written.`,
        );
      if (waiting?.table !== table || waiting.rows.length === ROWS_AT_A_TIME) await send();
      waiting ??= { table, rows: [] };
      waiting.rows.push(json);
    },
  });
  await send();
  if (header === undefined) throw new Error('The backup had no header');
  for (const [name, value] of Object.entries(header.sequences))
    await client.query('SELECT setval(quote_ident($1)::regclass, $2)', [name, value]);
  return header;
}

/** Locks all tables first, so that it stays so: a server that starts meanwhile has to wait. */
async function refuseUnlessEmpty(client: PoolClient, tables: readonly DatabaseTable[]): Promise<void> {
  await client.query(`SET LOCAL lock_timeout = '10s'`);
  await client.query(`LOCK TABLE ${tables.map(({ sql }) => sql).join(', ')} IN ACCESS EXCLUSIVE MODE`);
  for (const { name, sql } of tables) {
    const { rows } = await client.query<{ isEmpty: boolean }>(
      `SELECT NOT EXISTS (SELECT FROM ${sql}) AS "isEmpty"`,
    );
    if (rows[0]?.isEmpty !== true)
      throw new OperatorError(
        `This database is not empty: it has rows in ${name}. Restore into a new one. Nothing was written.`,
      );
  }
}
