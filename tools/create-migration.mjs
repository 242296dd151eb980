/**
 * Writes a new migration from the difference between the committed schema and the edited one:
 *
 *   npm run migration -- add_audit_trail
 *
 * Read the SQL before committing it. Prisma's engine runs as WASM, so nothing is downloaded.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PGlite } from '@electric-sql/pglite';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg';

const SCHEMA = 'prisma/schema.prisma';
const name = process.argv[2];
if (!/^[a-z0-9_]+$/.test(name ?? '')) {
  console.error(
    'Give the migration a name of small letters, digits and underscores: npm run migration -- add_audit_trail',
  );
  process.exit(2);
}

const engine = await startEngine();
const { stdout } = await engine.diff({
  from: committedSchema(),
  to: target(readFileSync(SCHEMA, 'utf8')),
  script: true,
  exitCode: null,
  shadowDatabaseUrl: null,
  filters: { externalTables: [], externalEnums: [] },
});

const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
const directory = `prisma/migrations/${stamp}_${name}`;
mkdirSync(directory, { recursive: true });
writeFileSync(`${directory}/migration.sql`, stdout);
console.log(`${directory}/migration.sql`);
process.exit(0);

async function startEngine() {
  const wasm = fileURLToPath(
    new URL('schema_engine_bg.wasm', import.meta.resolve('@prisma/schema-engine-wasm/schema_engine_bg')),
  );
  const { instance } = await WebAssembly.instantiate(readFileSync(wasm), {
    './schema_engine_bg.js': bindings,
  });
  bindings.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  const { bindMigrationAwareSqlAdapterFactory } = await import('@prisma/driver-adapter-utils');
  const { PrismaPg } = await import('@prisma/adapter-pg');
  const adapter = bindMigrationAwareSqlAdapterFactory(
    new PrismaPg({ connectionString: await emptyDatabase() }),
  );
  return bindings.SchemaEngine.new({ datamodels: undefined }, () => undefined, adapter);
}

/** Comparing two schemas asks no database, but the engine connects to one all the same. */
async function emptyDatabase() {
  const directory = mkdtempSync(join(tmpdir(), 'voxreach-migration-'));
  const server = new PGLiteSocketServer({
    db: await PGlite.create(),
    path: join(directory, '.s.PGSQL.5432'),
  });
  await server.start();
  return `postgresql://postgres@localhost/postgres?host=${encodeURIComponent(directory)}`;
}

function committedSchema() {
  try {
    return target(
      execFileSync('git', ['show', `HEAD:${SCHEMA}`], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      }),
    );
  } catch {
    return { tag: 'empty' };
  }
}

function target(content) {
  return { tag: 'schemaDatamodel', files: [{ path: SCHEMA, content }] };
}
