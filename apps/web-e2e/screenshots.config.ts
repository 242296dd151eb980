import { defineConfig } from '@playwright/test';
import tests from './playwright.config';

/** Pictures of every page for people to look at. No part of the tests. */
export default defineConfig({
  ...tests,
  testMatch: 'screenshots/*.shots.ts',
  outputDir: '../../tmp/screenshots-run',
  reporter: [['list']],
  use: { ...tests.use, trace: 'off', deviceScaleFactor: 1 },
});
