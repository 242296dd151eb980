import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from '@playwright/test';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'microsoft-edge'];

const PLACES = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'];

/**
 * The path of a Chromium on this machine: CHROMIUM_PATH, one on the PATH, or the one that Playwright has installed. Undefined when
 * there is none.
 */
export function findBrowser() {
  const onPath = (process.env['PATH'] ?? '')
    .split(delimiter)
    .flatMap((folder) => NAMES.map((name) => join(folder, name)));
  const given = process.env['CHROMIUM_PATH'];
  return [...(given ? [given] : []), ...onPath, ...PLACES, chromium.executablePath()].find((path) =>
    existsSync(path),
  );
}
