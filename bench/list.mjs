/**
 * A page of 25 numbers, of 10,000 in the organisation: our API against the floor (support/list-floor.mjs), by turns in one run, on the first page and on one
 * 5,000 numbers deep. Requests a second with 16 connections, and the time below which 99 % of them stay.
 *
 *   npm run build && npm run bench -- list     on BENCH_DATABASE_URL
 */
import { Agent, get } from 'node:http';
import pg from 'pg';
import {
  createDatabase,
  JWT_SECRET,
  quantile,
  register,
  start,
  startServer,
} from './support/installation.mjs';

const NUMBERS = 10_000;
const DEPTH = 5_000;
const CONNECTIONS = 16;
const ROUNDS = 5;
const ROUND_MS = 3_000;

const database = await createDatabase();
const servers = [];
try {
  const ours = await startServer(database.url, 'http://127.0.0.1:9');
  servers.push(ours);
  const floor = await start('bench/support/list-floor.mjs', { DATABASE_URL: database.url, JWT_SECRET });
  servers.push(floor);
  const { token, organizationId } = await register(ours.url);
  const deep = await fill(organizationId);
  const cursor = Buffer.from(JSON.stringify(['-createdAt', deep.time, deep.id])).toString('base64url');
  const pages = {
    'first page': ['', ''],
    [`page ${DEPTH / 25}`]: [`?cursor=${cursor}`, `?after=${encodeURIComponent(`${deep.time}/${deep.id}`)}`],
  };
  for (const [page, [ourQuery, floorQuery]] of Object.entries(pages)) {
    const at = (server, query) => ({
      url: `${server.url}/api/phone-numbers${query}`,
      times: [],
      count: 0,
      ms: 0,
    });
    const variants = { ours: at(ours, ourQuery), floor: at(floor, floorQuery) };
    for (let round = 0; round <= ROUNDS; round++)
      for (const variant of Object.values(variants)) await load(variant, token, round > 0);
    const [rate, p99] = [(v) => (1_000 * v.count) / v.ms, (v) => quantile(v.times, 0.99)];
    for (const [name, variant] of Object.entries(variants))
      console.log(
        `${page}, ${name}: ${rate(variant).toFixed(0)} a second, p99 ${p99(variant).toFixed(1)} ms`,
      );
    const { ours: a, floor: b } = variants;
    console.log(
      `${page}: ${((100 * rate(a)) / rate(b)).toFixed(0)} % of the floor's rate, p99 ${(p99(a) / p99(b)).toFixed(2)} times the floor's`,
    );
  }
} finally {
  for (const server of servers) await server.stop();
  await database.drop();
}

/** So many numbers, and where page DEPTH / 25 begins. */
async function fill(organizationId) {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  await client.query(
    `INSERT INTO phone_numbers (id, organization_id, provider, number, name, status, lifecycle, created_at, updated_at)
     SELECT gen_random_uuid(), $1, 'twilio', '+1' || (2000000000 + n), 'Line ' || n, 'active', 'live', now() - n * interval '1 second', now()
     FROM generate_series(1, $2::int) AS n`,
    [organizationId, NUMBERS],
  );
  await client.query('ANALYZE');
  const { rows } = await client.query(
    'SELECT id, created_at FROM phone_numbers ORDER BY created_at DESC, id DESC OFFSET $1 LIMIT 1',
    [DEPTH],
  );
  await client.end();
  return { id: rows[0].id, time: rows[0].created_at.toISOString() };
}

/** For ROUND_MS, each connection one request after the other. */
async function load(variant, token, isCounted) {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const headers = { authorization: `Bearer ${token}` };
  const begun = performance.now();
  const end = begun + ROUND_MS;
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      while (performance.now() < end) {
        const sent = performance.now();
        await read(variant.url, { agent, headers });
        if (!isCounted) continue;
        variant.times.push(performance.now() - sent);
        variant.count += 1;
      }
    }),
  );
  if (isCounted) variant.ms += performance.now() - begun;
  agent.destroy();
}

function read(url, options) {
  return new Promise((resolve, reject) => {
    get(url, options, (response) => {
      response
        .resume()
        .once('end', () =>
          response.statusCode === 200 ? resolve() : reject(new Error(`${response.statusCode} from ${url}`)),
        );
    }).once('error', reject);
  });
}
