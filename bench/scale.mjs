/**
 * The list with 1 thousand, 100 thousand and 1 million numbers, all in one organisation and spread over 10,000: first page, 1,000 pages
 * deep (or as deep as there is), searches for what is common, rare and nowhere, and filters; p50 and p99 over four connections, the median
 * of three rounds, and how many times the p99 of 1 thousand it is. What is spread is read by an organisation that has its share: 1, 10 and 100 numbers.
 *
 *   npm run build && npm run bench -- scale     on BENCH_DATABASE_URL, about 10 minutes
 *   BENCH_SIZES=1000,100000 BENCH_ORGANIZATIONS=1 BENCH_REQUESTS=100 npm run bench -- scale     some of it
 */
import { createDatabase, quantile, register, startServer } from './support/installation.mjs';
import { readAgain } from './support/load.mjs';
import { addOrganizations, cursorAt, fillNumbers, placeAfter } from './support/numbers.mjs';

const list = (name, otherwise) => (process.env[name] ?? otherwise).split(',').map(Number);
const SIZES = list('BENCH_SIZES', '1000,100000,1000000');
const ORGANIZATIONS = list('BENCH_ORGANIZATIONS', '1,10000');
const CONNECTIONS = 4;
const REQUESTS = Number(process.env.BENCH_REQUESTS ?? 1_000);
const ROUNDS = 3;
/** Something that takes seconds is not asked a thousand times. */
const MOST_MS = 10_000;
const PAGE = 25;
const DEPTH = 1_000 * PAGE;

for (const organizations of ORGANIZATIONS) {
  const base = {};
  for (const size of SIZES) {
    // With fewer numbers than organisations, as many as there are numbers have one.
    const each = Math.max(1, Math.floor(size / organizations));
    const holders = Math.min(organizations, size);
    console.log(
      `\n${size.toLocaleString('en')} numbers in ${holders.toLocaleString('en')} of ${organizations.toLocaleString('en')} organisations, ${each.toLocaleString('en')} in the caller's`,
    );
    for (const [what, { p50, p99, count }] of Object.entries(await measure(organizations, holders, each))) {
      base[what] ??= { p50, p99 };
      const ratio = (p99 / base[what].p99).toFixed(2);
      console.log(
        `  ${what.padEnd(34)} p50 ${p50.toFixed(1).padStart(7)} ms   p99 ${p99.toFixed(1).padStart(7)} ms   ${ratio.padStart(7)} times   ${count} requests`,
      );
    }
  }
}

async function measure(organizations, holders, each) {
  const database = await createDatabase();
  const server = await startServer(database.url, 'http://127.0.0.1:9');
  try {
    const { token, organizationId } = await register(server.url);
    const others = await addOrganizations(database.url, organizations - 1);
    const ids = [organizationId, ...others].slice(0, holders);
    await fillNumbers(database.url, ids, each, Math.min(100, Math.ceil(each / 10)));
    const result = {};
    for (const [what, query] of Object.entries(await queries(database.url, organizationId, each))) {
      const url = `${server.url}/api/phone-numbers${query}`;
      const read = (requests) =>
        readAgain(url, token, CONNECTIONS, (ms, sent) => sent >= requests || ms > MOST_MS);
      await read(REQUESTS / 5);
      const rounds = [];
      for (let round = 0; round < ROUNDS; round++) rounds.push((await read(REQUESTS)).times);
      const medianOf = (q) =>
        quantile(
          rounds.map((times) => quantile(times, q)),
          0.5,
        );
      result[what] = { p50: medianOf(0.5), p99: medianOf(0.99), count: rounds.flat().length };
    }
    return result;
  } finally {
    await server.stop();
    await database.drop();
  }
}

async function queries(databaseUrl, organizationId, each) {
  // The last whole page, when there are fewer than 1,000 before it.
  const place = await placeAfter(databaseUrl, organizationId, Math.max(1, Math.min(DEPTH, each - PAGE)));
  const search = (text) => `?search=${encodeURIComponent(text)}`;
  const rare = Math.ceil(each / 2);
  return {
    'first page': '',
    'page 1,000, or the deepest': `?cursor=${cursorAt(place)}`,
    'by name, first page': '?sort=name',
    'search: one in seven': search('berlin'),
    'search: one in six, by agent': search('billing agent'),
    'search: digits in some numbers': search('555'),
    'search: a few': search(` ${rare}`),
    'search: none': search('zzqx'),
    'search: none, of two letters': search('qx'),
    'search: none, as a number': search('+1 (199) 555-0100'),
    'filter: needs attention (1 in 50)': '?status=needs_attention',
    'filter: blocked (none)': '?status=blocked',
    'filter: provider (1 in 6)': '?provider=telnyx',
  };
}
