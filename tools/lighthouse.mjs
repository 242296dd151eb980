/**
 * Lighthouse on the built application, with the sandbox and its demo organisation: each page on a desktop and on a phone, the median of five runs.
 * Lighthouse itself is fetched when this is run; nothing else needs it.
 *
 *   npm run build && npm run lighthouse
 *   npm run lighthouse -- /numbers     one of the pages
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { chromium } from '@playwright/test';
import { findBrowser } from './browser.mjs';

const LIGHTHOUSE = 'lighthouse@13.5.0';
const RUNS = 5;
const PORT = 3280;
const URL_OF = (path) => `http://localhost:${PORT}${path}`;
/** Where Lighthouse finds the browser, which is one for all runs: a profile that is opened again has lost the newest cookie of the session. */
const DEBUGGING_PORT = 9380;
const SIGN_IN = '/sign-in';
const DEMO = { email: 'demo@voxreach.example', password: 'voxreach-demo' };
const NUMBERS = 25;
const PAGES = [SIGN_IN, '/numbers', '/numbers/add'];
/**
 * How many times slower than this machine a phone is, by the index of Lighthouse's own benchmark. Its constant of four is meant for a fast desktop;
 * these are the points of the calculator that its documentation (docs/throttling.md, "Calibrating the CPU slowdown") has for others.
 */
const SLOWDOWN = [
  [150, 1],
  [800, 2],
  [1_300, 3],
  [1_533, 4],
  [1_766, 5],
  [2_000, 6],
];
const CATEGORIES = { performance: 95, accessibility: 100, 'best-practices': 100 };

const folder = mkdtempSync(join(tmpdir(), 'voxreach-lighthouse-'));
const server = spawn(process.execPath, ['dist/apps/api/main.js'], {
  env: {
    PATH: process.env.PATH,
    PORT: String(PORT),
    DATA_DIR: join(folder, 'data'),
    RATE_LIMIT_PER_MINUTE: '100000',
  },
  stdio: ['ignore', 'pipe', 'inherit'],
});
const browser = spawn(
  findBrowser(),
  [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--disable-background-networking',
    `--user-data-dir=${join(folder, 'browser')}`,
    `--remote-debugging-port=${DEBUGGING_PORT}`,
  ],
  { stdio: ['ignore', 'ignore', 'pipe'] },
);
let isGood = true;
try {
  await Promise.all([says(server, 'stdout', 'is ready'), says(browser, 'stderr', 'DevTools listening')]);
  const wanted = process.argv.slice(2);
  let isSignedIn = false;
  for (const path of wanted.length > 0 ? wanted : PAGES) {
    // What stands behind the sign-in comes after it.
    if (path !== SIGN_IN && !isSignedIn) {
      await addNumbers();
      await signIn();
    }
    isSignedIn ||= path !== SIGN_IN;
    const onDesktop = measure(path, ['--preset=desktop']);
    report(path, 'a desktop', onDesktop);
    // Of the same minutes: a machine is not equally fast all the time.
    const index = median(onDesktop.map(({ environment }) => environment.benchmarkIndex));
    const slowdown = slowdownAt(index).toFixed(1);
    const onPhone = measure(path, [`--throttling.cpuSlowdownMultiplier=${slowdown}`]);
    report(path, `a phone (${slowdown} times slower, benchmark index ${index})`, onPhone);
  }
} finally {
  browser.kill();
  server.kill();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
process.exit(isGood ? 0 : 1);

function says(program, output, words) {
  return new Promise((ready, failed) => {
    program[output].on('data', (text) => String(text).includes(words) && ready());
    program.once('exit', () => failed(new Error(`${program.spawnfile} ended`)));
  });
}

/** A list as it is for most, not that of somebody who has just begun: numbers that are there and active. */
async function addNumbers() {
  const { accessToken } = await post('/api/auth/login', DEMO);
  const headers = { authorization: `Bearer ${accessToken}` };
  for (let n = 0; n < NUMBERS; n++) {
    const body = {
      provider: 'twilio',
      number: `+1202555${1_100 + n}`,
      name: `Branch ${n + 1}`,
      credential: { accountSid: 'AC0123456789abcdef0123456789abcdef', authToken: 'twilio-token' },
    };
    await post('/api/phone-numbers', body, headers);
  }
  for (;;) {
    const response = await fetch(URL_OF('/api/phone-numbers?status=activating'), { headers });
    if ((await answerOf(response)).items.length === 0) return;
    await setTimeout(500);
  }
}

async function post(path, body, headers) {
  const response = await fetch(URL_OF(path), {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  return answerOf(response);
}

async function answerOf(response) {
  if (!response.ok) throw new Error(`${response.url}: ${await response.text()}`);
  return response.json();
}

async function signIn() {
  const devtools = await chromium.connectOverCDP(`http://127.0.0.1:${DEBUGGING_PORT}`);
  const page = await devtools.contexts()[0].newPage();
  await page.goto(URL_OF(SIGN_IN));
  await page.getByLabel('Email').fill(DEMO.email);
  await page.getByLabel('Password', { exact: true }).fill(DEMO.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(URL_OF('/numbers'));
  await page.close();
  await devtools.close();
}

function run(path, options) {
  return spawnSync(
    'npx',
    [
      '--yes',
      LIGHTHOUSE,
      URL_OF(path),
      `--port=${DEBUGGING_PORT}`,
      '--output=json',
      '--quiet',
      `--only-categories=${Object.keys(CATEGORIES).join(',')}`,
      ...options,
    ],
    { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024, timeout: 120_000 },
  );
}

function measure(path, options) {
  return Array.from({ length: RUNS }, () => {
    let ended = run(path, options);
    // Now and then the browser records nothing of the page, and Lighthouse asks to be run again.
    if (ended.status !== 0) ended = run(path, options);
    const { stdout, stderr, status } = ended;
    if (status !== 0) throw new Error(stderr || 'Lighthouse did not come to its end in two minutes');
    const result = JSON.parse(stdout);
    if (result.finalDisplayedUrl !== URL_OF(path))
      throw new Error(`${path} led to ${result.finalDisplayedUrl}`);
    return result;
  });
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}

function slowdownAt(index) {
  const above = SLOWDOWN.findIndex(([at]) => at >= index);
  if (above === 0) return SLOWDOWN[0][1];
  if (above === -1) return SLOWDOWN.at(-1)[1];
  const [[fromIndex, from], [toIndex, to]] = [SLOWDOWN[above - 1], SLOWDOWN[above]];
  return from + ((to - from) * (index - fromIndex)) / (toIndex - fromIndex);
}

function report(path, device, results) {
  const scores = Object.entries(CATEGORIES).map(([id, wanted]) => {
    const score = Math.round(100 * median(results.map(({ categories }) => categories[id].score)));
    if (score < wanted) isGood = false;
    return `${id} ${score}${score < wanted ? ` (wanted: ${wanted})` : ''}`;
  });
  const seconds = (id) => (median(results.map(({ audits }) => audits[id].numericValue)) / 1_000).toFixed(2);
  console.log(
    `${path} on ${device}: ${scores.join(', ')}; largest paint ${seconds('largest-contentful-paint')} s, blocked ${seconds('total-blocking-time')} s, ` +
      `layout shift ${median(results.map(({ audits }) => audits['cumulative-layout-shift'].numericValue)).toFixed(3)}`,
  );
  const failed = new Set(
    results.flatMap(({ categories, audits }) =>
      ['accessibility', 'best-practices'].flatMap((id) =>
        categories[id].auditRefs
          .filter(({ id: audit, weight }) => weight > 0 && audits[audit].score === 0)
          .map(({ id: audit }) => audits[audit].title),
      ),
    ),
  );
  for (const title of failed) console.log(`  ${title}`);
}
