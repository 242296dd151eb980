/** Makes sure that there is a Chromium for the browser tests: found, or installed by Playwright or by the system's package manager. */
import { spawnSync } from 'node:child_process';
import { findBrowser } from './browser.mjs';

const sudo = process.getuid?.() === 0 ? '' : 'sudo -n ';
const WAYS = [
  'playwright install --with-deps chromium',
  `${sudo}apt-get update && ${sudo}apt-get install -y --no-install-recommends chromium fonts-liberation`,
  `${sudo}dnf install -y chromium`,
  `${sudo}apk add chromium`,
];

for (const way of WAYS) {
  if (findBrowser() !== undefined) break;
  console.log(`No Chromium found; trying: ${way}`);
  spawnSync(way, { stdio: 'inherit', shell: true });
}
const browser = findBrowser();
if (browser === undefined) {
  console.error('The browser tests need Chromium. Install it, or set CHROMIUM_PATH to its path.');
  process.exit(1);
}
console.log(`Browser: ${browser}`);
