/**
 * Lighthouse on the built application, with the sandbox and its demo organisation: each page on a desktop and on a phone, the median of five runs.
 * Devices and networks are Lighthouse's own: its phone is this machine, four times slower, so that a slow machine makes a slower phone. The index of its
 * benchmark tells which it was. Lighthouse itself is fetched when this is run; nothing else needs it.
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
/** A page that hears of events is never without a request, which Lighthouse would wait for: 45 seconds a run. */
const LONGEST_LOAD_MS = 12_000;
const PORT = 3280;
const URL_OF = (path) => `http://localhost:${PORT}${path}`;
/** Where Lighthouse finds the browser, which is one for all runs: a profile that is opened again has lost the newest cookie of the session. */
const DEBUGGING_PORT = 9380;
const SIGN_IN = '/sign-in';
const DEMO = { email: 'demo@voxreach.example', password: 'voxreach-demo' };
const NUMBERS = 25;
const PAGES = [SIGN_IN, '/numbers', '/numbers/add'];
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
    report(path, 'a desktop', measure(path, ['--preset=desktop']));
    report(path, 'a phone', measure(path, []));
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
      `--max-wait-for-load=${LONGEST_LOAD_MS}`,
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

function report(path, device, results) {
  const scores = Object.entries(CATEGORIES).map(([id, wanted]) => {
    const score = Math.round(100 * median(results.map(({ categories }) => categories[id].score)));
    if (score < wanted) isGood = false;
    return `${id} ${score}${score < wanted ? ` (wanted: ${wanted})` : ''}`;
  });
  const seconds = (id) => (median(results.map(({ audits }) => audits[id].numericValue)) / 1_000).toFixed(2);
  console.log(
    `${path} on ${device}: ${scores.join(', ')}; largest paint ${seconds('largest-contentful-paint')} s, blocked ${seconds('total-blocking-time')} s, ` +
      `layout shift ${median(results.map(({ audits }) => audits['cumulative-layout-shift'].numericValue)).toFixed(3)}, ` +
      `benchmark index ${median(results.map(({ environment }) => environment.benchmarkIndex))}`,
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
