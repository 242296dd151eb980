/**
 * The dashboard on the built server, with 25 and with 1,000 numbers, on a desk and on a phone whose processor is four times slower; the
 * median of five, each in a browser that has seen nothing yet:
 *   script         kilobytes (of 1,000 bytes) of script that come over the wire for the sign-in and for the list
 *   list usable    from the navigation, signed in, until rows are drawn and the main thread has been quiet for half a second from then on
 * And on data that has been read before: from a click to the frame in which the next page stands with its data, 20 times each.
 *
 *   npm run build && npm run bench -- dashboard     on BENCH_DATABASE_URL
 *   BENCH_RUNS=1 npm run bench -- dashboard     once instead of five times, and four times instead of 20
 */
/* global window, document, requestAnimationFrame, requestIdleCallback */
import { chromium, devices } from '@playwright/test';
import { findBrowser } from '../tools/browser.mjs';
import { createDatabase, quantile, register, startServer } from './support/installation.mjs';
import { fillNumbers } from './support/numbers.mjs';

const SIZES = (process.env.BENCH_SIZES ?? '25,1000').split(',').map(Number);
const RUNS = Number(process.env.BENCH_RUNS ?? 5);
const ROUTE_CHANGES = 4 * RUNS;
const QUIET_MS = 500;
const DEVICES = {
  desk: { device: { viewport: { width: 1280, height: 800 } }, slowdown: 1 },
  phone: { device: devices['Pixel 7'], slowdown: 4 },
};
/** Each page by what stands on it as soon as its data does, and on no other. */
const DRAWN = {
  numbers: 'app-number-row .row-link',
  agents: 'app-agent-list td .strong',
  number: 'app-number-detail h1',
};

const median = (values) => quantile(values, 0.5);
const kilobytes = (bytes) => `${(bytes / 1_000).toFixed(1)} kB`;

const browser = await chromium.launch({
  executablePath: findBrowser(),
  args: ['--no-sandbox', '--disable-gpu'],
});
try {
  for (const size of SIZES) await measure(size);
} finally {
  await browser.close();
}

async function measure(size) {
  const database = await createDatabase();
  const server = await startServer(database.url, 'http://127.0.0.1:9');
  try {
    const owner = await register(server.url);
    await fillNumbers(database.url, [owner.organizationId], size, 10);
    for (const [name, { device, slowdown }] of Object.entries(DEVICES)) {
      console.log(`\n${name}, ${size.toLocaleString('en')} numbers`);
      const open = () => openPage(server.url, device, slowdown);
      if (size === SIZES[0]) await reportSignIn(open);
      await reportList(open, owner);
      await reportRouteChanges(open, owner);
    }
  } finally {
    await server.stop();
    await database.drop();
  }
}

/** A page of a browser that has seen nothing yet, and the bytes of script that it was sent. */
async function openPage(baseURL, device, slowdown) {
  const context = await browser.newContext({ ...device, baseURL });
  context.setDefaultTimeout(60_000);
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send('Network.enable');
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
  const scripts = new Set();
  const sent = { script: 0 };
  devtools.on('Network.responseReceived', ({ requestId, response }) => {
    if (response.mimeType.includes('javascript')) scripts.add(requestId);
  });
  devtools.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (scripts.has(requestId)) sent.script += encodedDataLength;
  });
  return { context, page, sent };
}

async function reportSignIn(open) {
  const script = [];
  for (let run = 0; run < RUNS; run++) {
    const { context, page, sent } = await open();
    await page.goto('/sign-in', { waitUntil: 'networkidle' });
    script.push(sent.script);
    await context.close();
  }
  console.log(`  script of the sign-in: ${kilobytes(median(script))}`);
}

async function reportList(open, owner) {
  const [script, drawn, usable] = [[], [], []];
  for (let run = 0; run < RUNS; run++) {
    const { context, page, sent } = await open();
    await signIn(context, owner);
    await page.addInitScript(watch, DRAWN.numbers);
    await page.goto('/numbers');
    const times = await page.evaluate(whenUsable, QUIET_MS);
    drawn.push(times.drawn);
    usable.push(times.usable);
    script.push(sent.script);
    await context.close();
  }
  console.log(`  script of the list: ${kilobytes(median(script))}`);
  console.log(
    `  list usable: ${median(usable).toFixed(0)} ms (rows drawn: ${median(drawn).toFixed(0)} ms), longest ${quantile(usable, 1).toFixed(0)} ms`,
  );
}

async function signIn(context, { email, password }) {
  const answer = await context.request.post('/api/auth/login', { data: { email, password } });
  if (!answer.ok()) throw new Error(await answer.text());
}

/** In the page, before anything else runs: when rows were there, and when the main thread was last busy for long. */
function watch(rows) {
  const seen = (window.benchmark = { drawn: undefined, busyUntil: 0 });
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) seen.busyUntil = startTime + duration;
  }).observe({ type: 'longtask', buffered: true });
  const look = () => {
    if (document.querySelector(rows) === null) requestAnimationFrame(look);
    else seen.drawn = performance.now();
  };
  requestAnimationFrame(look);
}

/** In the page: waits until rows were there and no long task has been for `quiet` milliseconds. */
function whenUsable(quiet) {
  const seen = window.benchmark;
  return new Promise((resolve) => {
    const look = () => {
      const usable = Math.max(seen.drawn ?? Infinity, seen.busyUntil);
      if (performance.now() - usable > quiet) resolve({ drawn: seen.drawn, usable });
      else setTimeout(look, 50);
    };
    look();
  });
}

async function reportRouteChanges(open, owner) {
  const { context, page } = await open();
  await signIn(context, owner);
  await page.goto('/numbers');
  await page.locator(DRAWN.numbers).first().waitFor();
  const steps = {
    'Numbers → Agents': ['a.destination[href="/agents"]', DRAWN.agents],
    'Agents → Numbers': ['a.destination[href="/numbers"]', DRAWN.numbers],
    'a row → its number': [DRAWN.numbers, DRAWN.number],
    'a number → back': ['app-number-detail a.back', DRAWN.numbers],
  };
  const times = Object.fromEntries(Object.keys(steps).map((step) => [step, []]));
  for (let round = 0; round <= ROUTE_CHANGES; round++) {
    for (const [step, [link, drawn]] of Object.entries(steps)) {
      // What the page before still has to do is not what the click costs.
      await page.evaluate(() => new Promise((idle) => requestIdleCallback(idle, { timeout: 5_000 })));
      const ms = await page.evaluate(follow, [link, drawn]);
      // The first time reads what is cached from then on.
      if (round > 0) times[step].push(ms);
    }
  }
  for (const [step, of] of Object.entries(times))
    console.log(
      `  ${step}: ${median(of).toFixed(0)} ms, longest of ${of.length} ${quantile(of, 1).toFixed(0)} ms`,
    );
  await context.close();
}

/** In the page: from a click on a link to the frame after which the next page is drawn. */
async function follow([link, drawn]) {
  const frame = () => new Promise((next) => requestAnimationFrame(next));
  const begun = performance.now();
  document.querySelector(link).click();
  do await frame();
  while (document.querySelector(drawn) === null);
  await frame();
  return performance.now() - begun;
}
