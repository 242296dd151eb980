/**
 * A day's mixture without an end: 90 reads and 10 writes of a hundred requests, at a fixed rate, from the owners of several organisations
 * with 1,000 numbers each, and a Vapi that takes 50 ms longer. Errors by status, times by kind from when a request was due, the delay
 * of the server's event loop, and its memory minute by minute.
 *
 *   npm run build && npm run bench -- mixed     on BENCH_DATABASE_URL, 10 minutes
 *   BENCH_MINUTES=0.5 BENCH_RATE=40 npm run bench -- mixed     shorter, and fewer requests a second than 100
 */
import { createServer } from 'node:net';
import { createDatabase, quantile, register, signIn, start, startServer } from './support/installation.mjs';
import { ask, connections } from './support/load.mjs';
import { fillNumbers } from './support/numbers.mjs';

const MINUTES = Number(process.env.BENCH_MINUTES ?? 10);
const RATE = Number(process.env.BENCH_RATE ?? 100);
const VAPI_MS = 50;
const ORGANIZATIONS = 10;
const NUMBERS = 1_000;
/** How many of its numbers, in an organisation, come and go. */
const COMING = 10;
const CONNECTIONS = 64;
const SAMPLE_MS = 10_000;
/** An access token lives for 15 minutes. */
const RENEW_MS = 10 * 60_000;
/** Of a hundred requests. Each kind of write takes a number that no other has in hand. */
const MIXTURE = {
  page: 35,
  'next page': 15,
  number: 20,
  agents: 10,
  search: 10,
  import: 3,
  change: 4,
  remove: 3,
};

const oneOf = (values) => values[Math.floor(Math.random() * values.length)];

const agent = connections(CONNECTIONS);
const times = Object.fromEntries(Object.keys(MIXTURE).map((kind) => [kind, []]));
const errors = new Map();
const samples = [];
let imported = 0;

const database = await createDatabase();
const vapi = await start('bench/support/vapi.mjs', { VAPI_MS: String(VAPI_MS) });
const metricsPort = await freePort();
const server = await startServer(database.url, vapi.url, { METRICS_PORT: String(metricsPort) });
try {
  const organizations = await openOrganizations();
  await run(organizations);
  report();
} finally {
  await server.stop();
  await vapi.stop();
  agent.destroy();
  await database.drop();
}

async function openOrganizations() {
  const organizations = [];
  for (let n = 0; n < ORGANIZATIONS; n++)
    organizations.push({
      ...(await register(server.url)),
      at: performance.now(),
      own: [],
      cursor: '',
      ids: [],
    });
  await fillNumbers(
    database.url,
    organizations.map(({ organizationId }) => organizationId),
    NUMBERS,
  );
  for (const organization of organizations) {
    for (let n = 0; n < COMING; n++) await act('import', organization);
    await act('page', organization);
  }
  for (const kind of Object.keys(times)) times[kind] = [];
  return organizations;
}

/** Requests leave when they are due, whether or not those before have come back. */
async function run(organizations) {
  const kinds = mixed();
  const begun = performance.now();
  const end = begun + MINUTES * 60_000;
  const underWay = new Set();
  let sampledAt = 0;
  await sample(begun);
  for (let n = 0; begun + (n * 1_000) / RATE < end; n++) {
    const due = begun + (n * 1_000) / RATE;
    const wait = due - performance.now();
    if (wait > 0) await new Promise((over) => setTimeout(over, wait));
    const organization = oneOf(organizations);
    const one = act(kinds[n % kinds.length], organization, due).finally(() => underWay.delete(one));
    underWay.add(one);
    if (due - begun >= (sampledAt + 1) * SAMPLE_MS) {
      sampledAt += 1;
      const sampled = sample(begun).finally(() => underWay.delete(sampled));
      underWay.add(sampled);
    }
  }
  await Promise.all(underWay);
}

/** The kinds of a hundred requests, each spread evenly over them. */
function mixed() {
  const kinds = Object.entries(MIXTURE).flatMap(([kind, count]) => Array.from({ length: count }, () => kind));
  // 37 and 100 have no divisor in common.
  return kinds.map((_, n) => kinds[(n * 37) % kinds.length]);
}

/** One request of this kind; its time counts from when it was due. */
async function act(kind, organization, due = performance.now()) {
  try {
    await renew(organization);
    const { path, keep, ...options } = requestOf(kind, organization);
    const answer = await ask(`${server.url}/api/${path}`, { ...options, token: organization.token, agent });
    times[kind].push(performance.now() - due);
    if (answer.status >= 400) count(`${answer.status} to ${kind}: ${answer.text.slice(0, 120)}`);
    else keep?.(answer.text === '' ? undefined : JSON.parse(answer.text));
  } catch (error) {
    count(`${error.code ?? error} to ${kind}`);
  }
}

function count(what) {
  errors.set(what, (errors.get(what) ?? 0) + 1);
}

async function renew(organization) {
  if (performance.now() - organization.at < RENEW_MS) return;
  organization.at = performance.now();
  organization.token = await signIn(server.url, organization);
}

/** What is asked, and what is kept of the answer for later requests. */
function requestOf(kind, organization) {
  const { own } = organization;
  const keepPage = ({ items, nextCursor }) => {
    organization.ids = items.map(({ id }) => id);
    organization.cursor = nextCursor ?? '';
  };
  switch (kind) {
    case 'page':
      return { path: 'phone-numbers', keep: keepPage };
    case 'next page':
      return { path: `phone-numbers?cursor=${organization.cursor}`, keep: keepPage };
    case 'number': {
      // What comes and goes stands at the head of the list and may be gone by now.
      const lasting = organization.ids.filter((id) => id.startsWith('1000'));
      return lasting.length === 0
        ? { path: 'phone-numbers', keep: keepPage }
        : { path: `phone-numbers/${oneOf(lasting)}` };
    }
    case 'agents':
      return { path: 'agents' };
    case 'search':
      return { path: `phone-numbers?search=${oneOf(['berlin', '555', 'zzqx', 'sales'])}` };
    case 'change': {
      const id = own.shift();
      return id === undefined
        ? importOf(own)
        : {
            path: `phone-numbers/${id}`,
            method: 'PATCH',
            body: { name: `Changed ${Math.round(performance.now())}` },
            keep: () => own.push(id),
          };
    }
    case 'remove': {
      const id = own.shift();
      return id === undefined
        ? importOf(own)
        : { path: `phone-numbers/${id}?deleteCredential=true`, method: 'DELETE' };
    }
    default:
      return importOf(own);
  }
}

function importOf(own) {
  return {
    path: 'phone-numbers',
    method: 'POST',
    body: {
      provider: 'telnyx',
      // None ends in what stands for a number of somebody else.
      number: `+1202${555_000 + imported++}1`,
      credential: { apiKey: 'telnyx-key' },
    },
    keep: ({ id }) => own.push(id),
  };
}

/** The server's own figures; the delay of its event loop is that since they were last asked for. */
async function sample(begun) {
  const text = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
  const value = (name) => Number(new RegExp(`^${name}(?:{.*})? (.+)$`, 'm').exec(text)?.[1]);
  samples.push({
    minute: Math.floor((performance.now() - begun) / 60_000),
    resident: value('process_resident_memory_bytes') / 1e6,
    heap: value('nodejs_heap_size_used_bytes') / 1e6,
    delay: value('nodejs_eventloop_lag_p99_seconds') * 1_000,
  });
}

function report() {
  const all = Object.values(times).flat();
  console.log(
    `${all.length} requests in ${MINUTES} minutes, ${RATE} a second due, Vapi ${VAPI_MS} ms slower`,
  );
  for (const [kind, of] of Object.entries({ ...times, all }))
    console.log(
      `  ${kind.padEnd(10)} ${String(of.length).padStart(7)}   p50 ${quantile(of, 0.5)?.toFixed(1)} ms   p99 ${quantile(of, 0.99)?.toFixed(1)} ms`,
    );
  console.log(errors.size === 0 ? 'errors: none' : 'errors:');
  for (const [what, times] of errors) console.log(`  ${times} times ${what}`);
  // The first was taken before any request.
  const delays = samples.slice(1).map(({ delay }) => delay);
  console.log(
    `event loop, p99 of each ${SAMPLE_MS / 1_000} s: half below ${quantile(delays, 0.5)?.toFixed(1)} ms, highest ${quantile(delays, 1)?.toFixed(1)} ms`,
  );
  reportMemory();
}

function reportMemory() {
  const minutes = Object.values(Object.groupBy(samples, ({ minute }) => minute));
  const range = (of, what) =>
    [0, 1]
      .map((q) =>
        quantile(
          of.map((one) => one[what]),
          q,
        ).toFixed(0),
      )
      .join(' to ');
  for (const [minute, of] of minutes.entries())
    console.log(`  minute ${minute + 1}: ${range(of, 'resident')} MB resident, heap ${range(of, 'heap')} MB`);
  const middle = (of) =>
    quantile(
      of.map(({ resident }) => resident),
      0.5,
    );
  const [first, last] = [minutes[0], minutes.at(-1)].map(middle);
  console.log(`memory, last minute against first: ${(last / first).toFixed(2)} times`);
}

async function freePort() {
  const listener = createServer();
  await new Promise((ready) => listener.listen(0, '127.0.0.1', ready));
  const { port } = listener.address();
  await new Promise((closed) => listener.close(closed));
  return port;
}
