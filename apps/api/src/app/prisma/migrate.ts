import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import type { PrismaPg as PrismaPgFactory } from '@prisma/adapter-pg';
import type { ClientBase, Pool } from 'pg';

/** Any constant serves; it keeps replicas that start at once from migrating side by side. */
const MIGRATION_LOCK = 7_204_116_935;

/**
 * Applies what is new in `prisma/migrations`, in the same table that `prisma migrate deploy` keeps.
 * Prisma's engine runs as WASM, since its native one would have to be downloaded.
 */
export async function migrate(
  pool: Pool,
  databaseUrl: string,
  directory = migrationsDirectory(),
): Promise<void> {
  const names = knownMigrations(directory);
  const applied = new Set(await appliedMigrations(pool));
  // One cheap query, so that an ordinary start does not load the engine.
  if (names.every((name) => applied.has(name))) return;
  // A lock of a session: harmless on the embedded database, which has this one process only.
  const client = await pool.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await applyMigrations(databaseUrl, directory, names);
  } finally {
    await client.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]);
    client.release();
  }
}

/** Beside the built server, or in the workspace when it runs from source. */
function migrationsDirectory(): string {
  const [built, source] = ['./migrations', '../../../../../prisma/migrations'].map((path) =>
    fileURLToPath(new URL(path, import.meta.url)),
  ) as [string, string];
  return existsSync(built) ? built : source;
}

/** The migrations of this version, in their order. */
export const knownMigrations = (directory = migrationsDirectory()): string[] =>
  readdirSync(directory)
    .filter((name) => existsSync(join(directory, name, 'migration.sql')))
    .toSorted();

/** The migrations that a database has, in their order; none when it is new. */
export async function appliedMigrations(pool: Pick<ClientBase, 'query'>): Promise<string[]> {
  const { rows: tables } = await pool.query<{ found: string | null }>(
    `SELECT to_regclass('_prisma_migrations')::text AS found`,
  );
  if (tables[0]?.found == null) return [];
  const { rows } = await pool.query<{ migration_name: string }>(
    'SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL',
  );
  return rows.map((row) => row.migration_name).toSorted();
}

async function applyMigrations(
  databaseUrl: string,
  directory: string,
  names: readonly string[],
): Promise<void> {
  const [{ bindMigrationAwareSqlAdapterFactory }, { PrismaPg }, bindings] = await Promise.all([
    import('@prisma/driver-adapter-utils'),
    import('@prisma/adapter-pg'),
    import('@prisma/schema-engine-wasm/schema_engine_bg'),
  ]);
  const wasm = fileURLToPath(
    new URL('schema_engine_bg.wasm', import.meta.resolve('@prisma/schema-engine-wasm/schema_engine_bg')),
  );
  const { instance } = await WebAssembly.instantiate(await readFile(wasm), {
    './schema_engine_bg.js': bindings as unknown as WebAssembly.ModuleImports,
  });
  bindings.__wbg_set_wasm(instance.exports);
  (instance.exports as { __wbindgen_start(): void }).__wbindgen_start();
  const engine = await bindings.SchemaEngine.new(
    { datamodels: undefined },
    () => undefined,
    bindMigrationAwareSqlAdapterFactory(wholeScripts(new PrismaPg({ connectionString: databaseUrl }))),
  );
  await engine.applyMigrations({
    migrationsList: {
      baseDir: directory,
      lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' },
      shadowDbInitScript: '',
      migrationDirectories: names.map((name) => ({
        path: name,
        migrationFile: {
          path: 'migration.sql',
          content: { tag: 'ok', value: readFileSync(join(directory, name, 'migration.sql'), 'utf8') },
        },
      })),
    },
    filters: { externalTables: [], externalEnums: [] },
  });
}

/** The adapter cuts scripts at every semicolon, also inside of functions; PostgreSQL takes a script as it is. */
function wholeScripts(factory: PrismaPgFactory): PrismaPgFactory {
  const connect = factory.connect.bind(factory);
  factory.connect = async () => {
    const adapter = await connect();
    adapter.executeScript = async (script) => {
      await adapter.underlyingDriver().query(script);
    };
    return adapter;
  };
  return factory;
}
