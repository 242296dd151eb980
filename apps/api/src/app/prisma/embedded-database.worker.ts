import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { EmbeddedDatabaseServer } from './embedded-database.server';

/** What the embedded database is told at its start. */
export interface EmbeddedDatabaseOptions {
  dataDir: string;
  socketPath: string;
  maxConnections: number;
}

// A thread of its own: the queries of WASM block the event loop that they run on.
const { dataDir, socketPath, maxConnections } = workerData as EmbeddedDatabaseOptions;

const db = await PGlite.create({ dataDir, extensions: { pg_trgm } });
const server = new EmbeddedDatabaseServer(db, maxConnections);
await server.listen(socketPath);

parentPort?.on('message', async () => {
  await server.close();
  await db.close();
  process.exit(0);
});
parentPort?.postMessage('ready');
