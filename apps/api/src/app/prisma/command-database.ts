import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { DataDirInUseError } from './data-dir';
import { connect, type Database, hasSessions, SERVER_NAME } from './database';
import { embeddedDatabaseFiles, embeddedDatabaseUrl, startEmbeddedDatabase } from './embedded-database';
import { appliedMigrations, knownMigrations, migrate } from './migrate';

/** A database as one of the operator's commands has it: perhaps beside a running server. */
export interface CommandDatabase extends Database {
  /** True when a server works on this database at this moment. */
  hasServer(): Promise<boolean>;
}

/** The database cannot be used by a command; the message says why, and what to do. */
export class DatabaseRefusedError extends Error {}

/** Connections for a command's own statements. */
const POOL_SIZE = 2;

/** How long a server that has just taken its data folder may need until its database listens, in milliseconds. */
const LISTENS_WITHIN_MS = 15_000;

/** How often a database that does not listen yet is tried, in milliseconds. */
const PAUSE_MS = 250;

interface Place {
  databaseUrl: string | undefined;
  dataDir: string;
}

/**
 * Opens the database for a command: the server at `databaseUrl`; or else the embedded database, over the socket of the process that has it
 * open, or by itself when none has. One of another version is left as it is.
 * @param mayBegin whether a database that is not there yet, or has no tables, is made
 * @throws DatabaseRefusedError
 */
export async function openForCommand(
  place: Place,
  { mayBegin }: { mayBegin: boolean },
): Promise<CommandDatabase> {
  const database =
    place.databaseUrl === undefined ? await embedded(place.dataDir, mayBegin) : onServer(place.databaseUrl);
  try {
    await prepare(database, mayBegin);
    return database;
  } catch (error) {
    await database.close();
    throw error instanceof DatabaseRefusedError ? error : unreachable(error);
  }
}

interface Reached extends CommandDatabase {
  url: string;
}

function onServer(url: string): Reached {
  const pools = connectTo(url);
  return {
    ...pools,
    isEmbedded: false,
    hasSessions: hasSessions(url),
    hasServer: () => isServerConnected(pools.ownerPool),
  };
}

async function embedded(dataDir: string, mayBegin: boolean): Promise<Reached> {
  if (!mayBegin && !existsSync(embeddedDatabaseFiles(dataDir)))
    throw new DatabaseRefusedError(
      `There is no database in the data folder ${dataDir}. Set DATABASE_URL or DATA_DIR as your server has them.`,
    );
  try {
    const engine = await startEmbeddedDatabase(dataDir, 'command');
    const pools = connectTo(engine.url);
    const close = async () => {
      await pools.close();
      await engine.close();
    };
    return { ...pools, isEmbedded: true, hasSessions: false, hasServer: async () => false, close };
  } catch (error) {
    if (!(error instanceof DataDirInUseError)) throw error;
    if (error.holder === 'command')
      throw new DatabaseRefusedError(
        'Another command is using this database. Run this one when it has ended.',
      );
    return besideServer(dataDir);
  }
}

/** Not as the embedded database: the leases in it belong to the server, which is alive. */
async function besideServer(dataDir: string): Promise<Reached> {
  const pools = connectTo(embeddedDatabaseUrl(dataDir));
  const deadline = Date.now() + LISTENS_WITHIN_MS;
  for (;;) {
    try {
      // Its tables are the server's to make.
      if ((await appliedMigrations(pools.ownerPool)).length > 0)
        return { ...pools, isEmbedded: false, hasSessions: false, hasServer: async () => true };
    } catch {
      // It does not listen yet.
    }
    if (Date.now() > deadline) break;
    await sleep(PAUSE_MS);
  }
  await pools.close();
  throw new DatabaseRefusedError(
    `The server that uses the data folder ${dataDir} has no database there. Set DATABASE_URL as that server has it.`,
  );
}

function connectTo(url: string) {
  const { pool, ownerPool } = connect(url, { poolSize: POOL_SIZE, name: `${SERVER_NAME}-command` });
  const close = async () => {
    await Promise.all([pool.end(), ownerPool.end()]);
  };
  return { url, pool, ownerPool, close };
}

/** Each server keeps connections open, by which it is known. */
async function isServerConnected(ownerPool: Pool): Promise<boolean> {
  const { rows } = await ownerPool.query<{ isThere: boolean }>(
    `SELECT EXISTS (
       SELECT FROM pg_stat_activity WHERE datname = current_database() AND application_name = $1
     ) AS "isThere"`,
    [SERVER_NAME],
  );
  return rows[0]?.isThere === true;
}

/** A command never upgrades a database: a server of the version before may still be at work on it. */
async function prepare({ ownerPool, url }: Reached, mayBegin: boolean): Promise<void> {
  const applied = await appliedMigrations(ownerPool);
  if (applied.length === 0 && mayBegin) return migrate(ownerPool, url);
  if (applied.length === 0)
    throw new DatabaseRefusedError(
      'This database is empty. Set DATABASE_URL or DATA_DIR as your server has them.',
    );
  const known = knownMigrations();
  if (applied.join() !== known.join())
    throw new DatabaseRefusedError(
      'This database belongs to another version of VoxReach. Use the commands of that version, or start the server of this one first, which upgrades it.',
    );
}

function unreachable(error: unknown): DatabaseRefusedError {
  const { message, code } = error as NodeJS.ErrnoException;
  return new DatabaseRefusedError(
    `The database cannot be opened: ${message || code}. Is it running, and is DATABASE_URL right?`,
    { cause: error },
  );
}
