/**
 * A page of 25 numbers, of 10,000 in the organisation: our API against the floor (support/list-floor.mjs) and against Express with Prisma as
 * most would write it (support/list-express.mjs), by turns in one run, on the first page and on one 5,000 numbers deep. Requests a second
 * with 16 connections, and the time below which 99 % of them stay. Express reads as the owner of the tables, without row-level security.
 *
 *   npm run build && npm run bench -- list     on BENCH_DATABASE_URL; BENCH_ROUNDS=1 for a short trial
 */
import {
  createDatabase,
  JWT_SECRET,
  quantile,
  register,
  start,
  startServer,
} from './support/installation.mjs';
import { readAgain } from './support/load.mjs';
import { cursorAt, fillNumbers, placeAfter } from './support/numbers.mjs';

const NUMBERS = 10_000;
const DEPTH = 5_000;
const CONNECTIONS = 16;
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5);
const ROUND_MS = 3_000;

const database = await createDatabase();
const servers = {};
try {
  const env = { DATABASE_URL: database.url, JWT_SECRET };
  servers.ours = await startServer(database.url, 'http://127.0.0.1:9');
  servers.floor = await start('bench/support/list-floor.mjs', env);
  servers.express = await start('bench/support/list-express.mjs', env);
  const { token, organizationId } = await register(servers.ours.url);
  await fillNumbers(database.url, [organizationId], NUMBERS);
  const deep = await placeAfter(database.url, organizationId, DEPTH);
  const pages = {
    'first page': { ours: '', floor: '', express: '' },
    [`page ${DEPTH / 25 + 1}`]: {
      ours: `?cursor=${cursorAt(deep)}`,
      floor: `?after=${encodeURIComponent(`${deep.time}/${deep.id}`)}`,
      express: `?cursor=${deep.id}`,
    },
  };
  for (const [page, queries] of Object.entries(pages)) report(page, await measure(queries, token));
} finally {
  for (const server of Object.values(servers)) await server.stop();
  await database.drop();
}

/** Each variant's rate and p99, on the same numbers. */
async function measure(queries, token) {
  await expectTheSame(queries, token);
  const variants = Object.entries(queries).map(([name, query]) => ({
    name,
    url: `${servers[name].url}/api/phone-numbers${query}`,
    times: [],
    ms: 0,
  }));
  for (let round = 0; round <= ROUNDS; round++) {
    for (const variant of variants) {
      const { times, ms } = await readAgain(variant.url, token, CONNECTIONS, (now) => now > ROUND_MS);
      // The first round warms up.
      if (round === 0) continue;
      variant.times.push(...times);
      variant.ms += ms;
    }
  }
  return Object.fromEntries(
    variants.map(({ name, times, ms }) => [
      name,
      { rate: (1_000 * times.length) / ms, p99: quantile(times, 0.99) },
    ]),
  );
}

async function expectTheSame(queries, token) {
  const headers = { authorization: `Bearer ${token}` };
  const answers = [];
  for (const [name, query] of Object.entries(queries)) {
    const { items } = await (
      await fetch(`${servers[name].url}/api/phone-numbers${query}`, { headers })
    ).json();
    answers.push(items.map(({ number }) => number).join());
  }
  if (new Set(answers).size > 1) throw new Error('Not all of them answer the same numbers');
}

function report(page, { ours, ...others }) {
  for (const [name, { rate, p99 }] of Object.entries({ ours, ...others }))
    console.log(`${page}, ${name}: ${rate.toFixed(0)} a second, p99 ${p99.toFixed(1)} ms`);
  for (const [name, { rate, p99 }] of Object.entries(others))
    console.log(
      `${page}: ours has ${(ours.rate / rate).toFixed(2)} times the rate of ${name}, and ${(ours.p99 / p99).toFixed(2)} times its p99`,
    );
}
