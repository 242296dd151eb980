import { Pool } from 'pg';
import { startEmbeddedDatabase } from './embedded-database';
import { migrate } from './migrate';

/** An open, migrated database. */
export interface Database {
  pool: Pool;
  /** True for the embedded database: this process is the only one, so every lease of another is void. */
  isEmbedded: boolean;
  close(): Promise<void>;
}

const MAX_CONNECTIONS = 10;

/** Connects to the server at `databaseUrl`, or opens the embedded database under `dataDir`; then migrates. */
export async function openDatabase(options: {
  databaseUrl: string | undefined;
  dataDir: string;
}): Promise<Database> {
  const embedded =
    options.databaseUrl === undefined ? await startEmbeddedDatabase(options.dataDir) : undefined;
  const url = options.databaseUrl ?? embedded?.url;
  const pool = new Pool({
    connectionString: url,
    max: MAX_CONNECTIONS,
    connectionTimeoutMillis: 10_000,
    // A server that has gone without a word must not hold requests for ever.
    query_timeout: 30_000,
    keepAlive: true,
  });
  // An idle connection that breaks is replaced at the next query; without a listener it would end the process.
  pool.on('error', () => undefined);
  const close = async () => {
    await pool.end();
    await embedded?.close();
  };
  try {
    await migrate(pool, url ?? '');
  } catch (error) {
    await close();
    throw error;
  }
  return { pool, isEmbedded: embedded !== undefined, close };
}
