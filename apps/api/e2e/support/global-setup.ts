import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ServerProcess } from './server-process';
import { serverUrl, TEMPLATE_VARIABLE } from './test-database';

/** Makes one migrated embedded database, which every suite copies: a first start takes seconds. */
export default async function setUp(): Promise<void> {
  if (serverUrl !== undefined) return;
  const template = mkdtempSync(join(tmpdir(), 'voxreach-e2e-template-'));
  try {
    await fill(template);
  } catch (error) {
    rmSync(template, { recursive: true, force: true });
    throw error;
  }
  process.env[TEMPLATE_VARIABLE] = template;
}

async function fill(template: string): Promise<void> {
  // Nothing is asked of this Vapi.
  const server = new ServerProcess({
    DATA_DIR: template,
    PORT: '0',
    VAPI_API_KEY: 'unused',
    VAPI_BASE_URL: 'http://127.0.0.1:9',
    JWT_SECRET: 'only for making the template of the tests',
    VAPI_WEBHOOK_SECRET: 'only for the template',
  });
  await server.ready();
  await server.end('SIGTERM');
}
