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
  close(): Promise<void>;
}

const MAX_CONNECTIONS = 10;
const MAX_OWNER_CONNECTIONS = 4;

/** Connects to the server at `databaseUrl`, or opens the embedded database under `dataDir`; then migrates. */
export async function openDatabase(options: {
  databaseUrl: string | undefined;
  dataDir: string;
}): Promise<Database> {
  const embedded =
    options.databaseUrl === undefined ? await startEmbeddedDatabase(options.dataDir) : undefined;
  const url = options.databaseUrl ?? embedded?.url;
  const settings = {
    connectionString: url,
    connectionTimeoutMillis: 10_000,
    // A server that has gone without a word must not hold requests for ever.
    query_timeout: 30_000,
    keepAlive: true,
  };
  const pool = createScopedPool({ ...settings, max: MAX_CONNECTIONS });
  const ownerPool = new Pool({ ...settings, max: MAX_OWNER_CONNECTIONS });
  // An idle connection that breaks is replaced at the next query; without a listener it would end the process.
  for (const each of [pool, ownerPool]) each.on('error', () => undefined);
  const close = async () => {
    await Promise.all([pool.end(), ownerPool.end()]);
    await embedded?.close();
  };
  try {
    await migrate(ownerPool, url ?? '');
  } catch (error) {
    await close();
    throw error;
  }
  return { pool, ownerPool, isEmbedded: embedded !== undefined, close };
}
