/**
 * What a list of 5,000 numbers costs the browser: milliseconds of its main thread until all is drawn and quiet, and what the page holds.
 * The built dashboard (`dist/`) runs in Chromium; the list itself is answered here, all of it at once.
 *
 *   npm run bench -- long-list     the desk and a phone
 */
/* global document, requestAnimationFrame, requestIdleCallback, scrollBy, scrollTo */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, devices } from '@playwright/test';
import { findBrowser } from '../tools/browser.mjs';
import { start } from './support/installation.mjs';

const NUMBERS = 5_000;
const SIZES = { desk: { viewport: { width: 1280, height: 800 } }, phone: devices['Pixel 7'] };

const uuid = (n) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const items = Array.from({ length: NUMBERS }, (_, n) => ({
  id: uuid(n),
  provider: ['twilio', 'telnyx', 'byo-phone-number'][n % 3],
  number: `+1415${5550000 + n}`,
  sipUri: null,
  name: `Line ${n}`,
  status: n % 50 === 7 ? 'needs_attention' : 'active',
  agent: n % 2 ? null : { id: uuid(9_000), name: 'Front desk' },
  credential: null,
  fallbackNumber: null,
  createdAt: new Date(Date.UTC(2026, 0, 1) - n * 60_000).toISOString(),
  updatedAt: new Date(Date.UTC(2026, 0, 1)).toISOString(),
}));

const data = mkdtempSync(join(tmpdir(), 'voxreach-bench-'));
const server = await start('dist/apps/api/main.js', { PORT: '0', DATA_DIR: data });
const browser = await chromium.launch({
  executablePath: findBrowser(),
  args: ['--no-sandbox', '--disable-gpu'],
});
try {
  for (const [size, device] of Object.entries(SIZES)) {
    console.log(`\n${size}, ${NUMBERS.toLocaleString('en')} numbers`);
    for (const [what, value] of await measure(device)) console.log(`  ${what.padEnd(34)} ${value}`);
  }
} finally {
  await browser.close();
  await server.stop();
  rmSync(data, { recursive: true, force: true });
}

async function measure(device) {
  const context = await browser.newContext({ ...device, baseURL: server.url });
  context.setDefaultTimeout(120_000);
  const email = `bench-${Math.random().toString(36).slice(2)}@example.com`;
  const person = { organizationName: 'Acme', name: 'Ada', email, password: `${email} correct horse` };
  await context.request.post('/api/auth/register', { data: person });
  const page = await context.newPage();
  await page.route(/\/api\/phone-numbers\?/, (route) => route.fulfill({ json: { items, nextCursor: null } }));
  await page.route(/\/api\/phone-numbers\/[0-9a-f-]{36}$/, (route) => route.fulfill({ json: items[0] }));
  const devtools = await context.newCDPSession(page);
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
  const metrics = async () =>
    Object.fromEntries(
      (await devtools.send('Performance.getMetrics')).metrics.map(({ name, value }) => [name, value]),
    );
  const quiet = () =>
    page.evaluate(
      () =>
        new Promise((done) =>
          requestIdleCallback(() => requestAnimationFrame(() => setTimeout(done)), { timeout: 5_000 }),
        ),
    );
  const cost = async (times, act) => {
    await quiet();
    const before = await metrics();
    for (let n = 0; n < times; n++) await act(n);
    await quiet();
    return (((await metrics()).TaskDuration - before.TaskDuration) * 1_000) / times;
  };
  const rows = page.locator('app-number-row');
  const drawn = () => rows.first().waitFor();
  const result = [];
  const tell = async (what, times, act) => result.push([what, `${(await cost(times, act)).toFixed(1)} ms`]);

  await page.goto('/agents');
  await page.getByRole('link', { name: 'Numbers' }).waitFor();
  await tell('first time drawn', 1, async () => {
    await page.getByRole('link', { name: 'Numbers' }).click();
    await drawn();
  });
  await devtools.send('HeapProfiler.collectGarbage');
  const { Nodes, JSHeapUsedSize } = await metrics();
  result.push(['nodes', Nodes.toLocaleString('en')], ['heap', `${(JSHeapUsedSize / 1e6).toFixed(0)} MB`]);

  await page.getByRole('heading', { level: 1 }).focus();
  await tell('an arrow key', 40, () => page.keyboard.press('ArrowDown'));
  await tell('a frame of scrolling by 300 px', 40, async () => {
    await page.evaluate(() => new Promise((done) => (scrollBy(0, 300), requestAnimationFrame(() => done()))));
  });
  await tell('a jump to somewhere else', 10, async (n) => {
    const y = ((n * 7 + 3) % 10) / 10;
    await page.evaluate(
      (part) =>
        new Promise((done) => {
          scrollTo(0, part * document.documentElement.scrollHeight);
          requestAnimationFrame(() => requestAnimationFrame(() => done()));
        }),
      y,
    );
  });
  const box = page.locator('app-number-row .select input');
  await tell('selecting a number', 10, async (n) => (await box.nth(n)).evaluate((one) => one.click()));
  await page.evaluate(() => scrollTo(0, 0));
  await tell('a letter in the search', 1, () => page.getByRole('searchbox').press('4'));
  await page.waitForTimeout(1_000);
  await page.goto('/agents');
  await page.getByRole('link', { name: 'Numbers' }).click();
  await drawn();
  await page.locator('app-number-row .row-link').first().click();
  await page.locator('app-number-detail h1').waitFor();
  await tell('drawn again on the way back', 1, async () => {
    await page.goBack();
    await drawn();
  });
  await context.close();
  return result;
}
