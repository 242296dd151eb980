import { mkdirSync, rmSync } from 'node:fs';
import type { NetConnectOpts } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Pool } from 'pg';
import { createTestDatabase, serverUrl } from '../../e2e/support/test-database';
import type { EmbeddedDatabaseOptions } from '../../src/app/prisma/embedded-database.worker';
import { socketDir } from '../../src/app/prisma/data-dir';

const WORKER = fileURLToPath(
  new URL('../../../../dist/apps/api/embedded-database.worker.js', import.meta.url),
);

/** A database that outlives the servers which use it, whichever engine it is. */
export interface LastingDatabase {
  /** Where a proxy connects to. */
  upstream: NetConnectOpts;
  /** The address for a server whose connections go through the proxy at `port`. */
  urlThrough(port: number): string;
  dataDir: string;
  /** The test's own way in, past every proxy. */
  pool: Pool;
  remove(): Promise<void>;
}

export async function openLastingDatabase(): Promise<LastingDatabase> {
  const database = await createTestDatabase();
  const url = new URL(database.env['DATABASE_URL'] ?? 'postgresql://postgres@localhost/postgres');
  const embedded = serverUrl === undefined ? await startEngine(database.dataDir) : undefined;
  const pool = database.connect();
  return {
    upstream: embedded?.upstream ?? { host: url.hostname, port: Number(url.port || 5432) },
    urlThrough(port) {
      const through = new URL(url);
      through.host = `127.0.0.1:${port}`;
      // The embedded engine has one session for all.
      if (embedded !== undefined) through.searchParams.set('pgbouncer', 'true');
      return through.href;
    },
    dataDir: database.dataDir,
    pool,
    async remove() {
      await pool.end();
      await embedded?.close();
      await database.remove();
    },
  };
}

/** The embedded engine as the server starts it, but without the server. */
async function startEngine(dataDir: string) {
  const socketPath = join(socketDir(dataDir), '.s.PGSQL.5432');
  mkdirSync(dirname(socketPath), { recursive: true });
  rmSync(socketPath, { force: true });
  const workerData: EmbeddedDatabaseOptions = {
    dataDir: join(dataDir, 'database'),
    socketPath,
    maxConnections: 200,
  };
  const worker = new Worker(WORKER, { workerData });
  await new Promise<void>((resolve, reject) => {
    worker.once('message', () => resolve());
    worker.once('error', reject);
  });
  return {
    upstream: { path: socketPath },
    close: () =>
      new Promise<void>((resolve) => {
        worker.once('exit', () => resolve());
        worker.postMessage('close');
      }),
  };
}
