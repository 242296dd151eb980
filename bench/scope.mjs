/**
 * What row-level security costs: the same list of 25 of 1,000 numbers (100,000 in all), one after the other over one connection,
 *   owner       as the owner of the tables, without any wall
 *   awaited     in the organisation's scope, three round trips
 *   pipelined   in the organisation's scope, three messages in one round trip: what the application does
 *
 *   npm run bench -- scope     on BENCH_DATABASE_URL, a PostgreSQL server on which a database is made and dropped
 */
import { readdirSync, readFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { createDatabase, quantile } from './support/installation.mjs';

const ROUNDS = 3_000;
const ORGANIZATIONS = 100;
const NUMBERS = 1_000;

const database = await createDatabase();
const client = new pg.Client({ connectionString: database.url, pipeline: true });
try {
  await client.connect();
  const organizationId = await fill();
  const times = await measure(variants(organizationId));
  const base = quantile(times.owner, 0.5);
  for (const [variant, values] of Object.entries(times)) {
    const [p50, p99] = [0.5, 0.99].map((q) => quantile(values, q));
    console.log(
      `${variant.padEnd(10)} p50 ${p50.toFixed(3)} ms   p99 ${p99.toFixed(3)} ms   ${(p50 / base).toFixed(2)} times the owner's`,
    );
  }
} finally {
  await client.end();
  await database.drop();
}

async function fill() {
  const directory = new URL('../prisma/migrations/', import.meta.url);
  for (const migration of readdirSync(directory).sort()) {
    if (migration.endsWith('.toml')) continue;
    await client.query(readFileSync(new URL(`${migration}/migration.sql`, directory), 'utf8'));
  }
  const ids = Array.from({ length: ORGANIZATIONS }, () => randomUUID());
  await client.query(
    `INSERT INTO organizations (id, name, updated_at) SELECT id, 'Acme', now() FROM unnest($1::uuid[]) AS id`,
    [ids],
  );
  await client.query(
    `INSERT INTO phone_numbers (id, organization_id, provider, number, name, status, lifecycle, created_at)
     SELECT gen_random_uuid(), id, 'twilio', '+1' || (2000000000 + n), 'Line ' || n, 'active', 'live', now() - n * interval '1 second'
     FROM unnest($1::uuid[]) AS id, generate_series(1, $2::int) AS n`,
    [ids, NUMBERS],
  );
  await client.query('ANALYZE');
  return ids[ORGANIZATIONS / 2];
}

function variants(organizationId) {
  const statement = {
    text: `SELECT id, provider, number, name, status, created_at FROM phone_numbers
           WHERE organization_id = $1 ORDER BY created_at DESC, id DESC LIMIT 25`,
    values: [organizationId],
  };
  const begin = `BEGIN; SET LOCAL ROLE voxreach_tenant; SET LOCAL voxreach.organization_id = '${organizationId}'`;
  return {
    owner: () => client.query(statement),
    awaited: async () => {
      await client.query(begin);
      await client.query(statement);
      await client.query('COMMIT');
    },
    pipelined: () => Promise.all([client.query(begin), client.query(statement), client.query('COMMIT')]),
  };
}

/** By turns, so that all of them meet the same machine. */
async function measure(variants) {
  const times = Object.fromEntries(Object.keys(variants).map((variant) => [variant, []]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const [variant, run] of Object.entries(variants)) {
      const start = performance.now();
      await run();
      if (round > ROUNDS / 10) times[variant].push(performance.now() - start);
    }
  }
  return times;
}
