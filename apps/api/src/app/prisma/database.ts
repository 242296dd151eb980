import { Pool } from 'pg';
import { startEmbeddedDatabase } from './embedded-database';
import { migrate } from './migrate';
import { createScopedPool } from './scoped-pool';

/** An open, migrated database. */
export interface Database {
  /** For the application: every statement runs in a scope. */
  pool: Pool;
  /** For the job engine, whose tables belong to no organisation: connections of the owner. */
  ownerPool: Pool;
  /** True for the embedded database: this process is the only one, so every lease of another is void. */
  isEmbedded: boolean;
  /** Whether each connection has a session of its own; those of the embedded database share one, in which a name is taken by whoever is first. */
  hasSessions: boolean;
  close(): Promise<void>;
}

/** What connections of a server call themselves in `pg_stat_activity`. */
export const SERVER_NAME = 'voxreach';

const OWNER_CONNECTIONS = 4;

/** A statement that takes longer is ended by the server, so that it holds no locks when nobody waits for it any more. In milliseconds. */
const STATEMENT_TIMEOUT_MS = 25_000;

/** Connects to the server at `databaseUrl`, or opens the embedded database under `dataDir`; then migrates. */
export async function openDatabase(options: {
  databaseUrl: string | undefined;
  dataDir: string;
  poolSize: number;
}): Promise<Database> {
  const embedded =
    options.databaseUrl === undefined ? await startEmbeddedDatabase(options.dataDir) : undefined;
  const url = options.databaseUrl ?? embedded?.url ?? '';
  const { pool, ownerPool } = connect(url, { poolSize: options.poolSize, name: SERVER_NAME });
  const close = async () => {
    await Promise.all([pool.end(), ownerPool.end()]);
    await embedded?.close();
  };
  try {
    await migrate(ownerPool, url);
  } catch (error) {
    await close();
    throw error;
  }
  return {
    pool,
    ownerPool,
    isEmbedded: embedded !== undefined,
    hasSessions: embedded === undefined && hasSessions(url),
    close,
  };
}

/** Not behind something that gives connections to whoever is next; marked as Prisma has it. */
export const hasSessions = (url: string): boolean => new URL(url).searchParams.get('pgbouncer') !== 'true';

/** Pools of connections that open when they are needed; `name` is what PostgreSQL calls them. */
export function connect(
  url: string,
  { poolSize, name }: { poolSize: number; name: string },
): Pick<Database, 'pool' | 'ownerPool'> {
  const settings = {
    connectionString: url,
    application_name: name,
    connectionTimeoutMillis: 10_000,
    // A server that has gone without a word must not hold requests for ever.
    query_timeout: 30_000,
    keepAlive: true,
  };
  const pool = createScopedPool({
    ...settings,
    max: poolSize,
    statement_timeout: STATEMENT_TIMEOUT_MS,
  });
  const ownerPool = new Pool({ ...settings, max: OWNER_CONNECTIONS });
  // An idle connection that breaks is replaced at the next query; without a listener it would end the process.
  for (const each of [pool, ownerPool]) each.on('error', () => undefined);
  return { pool, ownerPool };
}
