import { randomBytes } from 'node:crypto';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Pool, type PoolConfig } from 'pg';
import { socketDir } from '../../src/app/prisma/data-dir';

/** Set by the global setup: a data folder with an embedded database that has been migrated. */
export const TEMPLATE_VARIABLE = 'VOXREACH_E2E_TEMPLATE';

/** Where the suites run: on a PostgreSQL server, or on the database that the server brings along. */
export const serverUrl: string | undefined = process.env['E2E_DATABASE_URL'] || undefined;

/** A database and a data folder of a suite's own. */
export interface TestDatabase {
  dataDir: string;
  /** What the server is told about both. */
  env: Record<string, string>;
  /** Where it is, for pools of whatever kind. */
  address: PoolConfig;
  /** A pool of the test's own, beside the server's. */
  connect(): Pool;
  remove(): Promise<void>;
}

export async function createTestDatabase(): Promise<TestDatabase> {
  const dataDir = mkdtempSync(join(tmpdir(), 'voxreach-e2e-'));
  return serverUrl === undefined ? embedded(dataDir) : onServer(serverUrl, dataDir);
}

function embedded(dataDir: string): TestDatabase {
  const template = process.env[TEMPLATE_VARIABLE];
  if (template !== undefined) cpSync(template, dataDir, { recursive: true });
  const address = { host: socketDir(dataDir), user: 'postgres', database: 'postgres' };
  return {
    dataDir,
    env: { DATA_DIR: dataDir },
    address,
    connect: () => poolOf(address),
    remove: async () => rmSync(dataDir, { recursive: true, force: true }),
  };
}

async function onServer(url: string, dataDir: string): Promise<TestDatabase> {
  const name = `voxreach_e2e_${randomBytes(6).toString('hex')}`;
  await administer(url, `CREATE DATABASE ${name}`);
  const own = new URL(url);
  own.pathname = `/${name}`;
  const address = { connectionString: own.href };
  return {
    dataDir,
    env: { DATA_DIR: dataDir, DATABASE_URL: own.href },
    address,
    connect: () => poolOf(address),
    remove: async () => {
      await administer(url, `DROP DATABASE ${name} WITH (FORCE)`);
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

function poolOf(where: PoolConfig): Pool {
  const pool = new Pool({ ...where, max: 2 });
  // The database goes away whenever the embedding server does.
  pool.on('error', () => undefined);
  return pool;
}

async function administer(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
