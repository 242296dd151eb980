import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from '@playwright/test';
import { findBrowser } from '../../tools/browser.mjs';

const PORT = Number(process.env['E2E_PORT'] ?? 3210);

/** The built server as a newcomer starts it: embedded database, sandbox, demo organisation; all of it new for this run. */
export default defineConfig({
  testDir: './src',
  outputDir: '../../tmp/web-e2e',
  fullyParallel: true,
  workers: 2,
  forbidOnly: true,
  // A machine that is busy with other things may lose a focus; what fails twice is a fault. Reported as flaky either way.
  retries: process.env['CI'] ? 1 : 0,
  timeout: 60_000,
  // A busy machine answers late; what is right is seen as soon as it is there.
  expect: { timeout: 15_000 },
  reporter: [['list'], ['json', { outputFile: '../../tmp/test-reports/web-e2e-e2e.json' }]],
  use: {
    baseURL: `http://localhost:${PORT}`,
    trace: { mode: 'retain-on-failure', screenshots: false },
    launchOptions: {
      executablePath: findBrowser(),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  webServer: {
    command: 'node dist/apps/api/main.js',
    cwd: '../..',
    url: `http://localhost:${PORT}/api/health/ready`,
    timeout: 120_000,
    env: {
      PORT: String(PORT),
      DATA_DIR: mkdtempSync(join(tmpdir(), 'voxreach-e2e-')),
      RATE_LIMIT_PER_MINUTE: '100000',
      DATABASE_URL: '',
      VAPI_API_KEY: '',
      NODE_ENV: 'test',
    },
    gracefulShutdown: { signal: 'SIGTERM', timeout: 10_000 },
  },
});
