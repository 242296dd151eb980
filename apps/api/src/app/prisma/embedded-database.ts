import { chmodSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { type DataDirHolder, lockDataDir, socketDir } from './data-dir';
import type { EmbeddedDatabaseOptions } from './embedded-database.worker';

/** A PostgreSQL inside this process, for installations without a server. */
export interface EmbeddedDatabase {
  /** An ordinary PostgreSQL address (a Unix socket that only this user can open). */
  url: string;
  close(): Promise<void>;
}

/** Above the size of the application's pool: connections beyond it would be cut. */
const MAX_CONNECTIONS = 32;

/** Where a data folder's embedded database listens while a process has it open. */
export const embeddedDatabaseUrl = (dataDir: string): string =>
  `postgresql://postgres@localhost/postgres?host=${encodeURIComponent(socketDir(dataDir))}`;

/** The files of a data folder's embedded database. */
export const embeddedDatabaseFiles = (dataDir: string): string => join(dataDir, 'database');

/**
 * Opens the embedded database under the data folder; the folder belongs to this process until `close`.
 * @throws DataDirInUseError when another process has it open
 */
export async function startEmbeddedDatabase(
  dataDir: string,
  as: DataDirHolder = 'server',
): Promise<EmbeddedDatabase> {
  const lock = await lockDataDir(dataDir, as);
  const directory = socketDir(dataDir);
  const socketPath = join(directory, '.s.PGSQL.5432');
  rmSync(socketPath, { force: true });
  const files = embeddedDatabaseFiles(dataDir);
  // The engine lets everybody read and write its files; the data folder may have been made by somebody who is less careful.
  mkdirSync(files, { recursive: true });
  chmodSync(files, 0o700);
  const options: EmbeddedDatabaseOptions = {
    dataDir: files,
    socketPath,
    maxConnections: MAX_CONNECTIONS,
  };
  const worker = new Worker(new URL('./embedded-database.worker.js', import.meta.url), {
    workerData: options,
  });
  const exited = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  await new Promise<void>((resolve, reject) => {
    worker.once('message', () => resolve());
    worker.once('error', reject);
    worker.once('exit', (code) =>
      reject(new Error(`The embedded database stopped at its start (code ${code})`)),
    );
  });
  return {
    url: embeddedDatabaseUrl(dataDir),
    async close() {
      worker.postMessage('close');
      await exited;
      lock.close();
    },
  };
}
