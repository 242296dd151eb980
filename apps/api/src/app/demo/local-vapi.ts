import { join, resolve } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { localSecret } from '../config/local-secret';
import { lockDataDir } from '../prisma/data-dir';
import type { Database } from '../prisma/database';
import { DEMO_LOGIN, DemoService } from './demo.service';

/** A Vapi of this process' own, for trying VoxReach without an account. */
export interface LocalVapi {
  url: string;
  apiKey: string;
  greeting: string;
  prepareDemo(app: NestFastifyApplication): Promise<void>;
}

/** Starts the sandbox with its state under the data folder; it stops with the process. */
export async function startLocalVapi(dataDir: string, { isEmbedded }: Database): Promise<LocalVapi> {
  // The embedded database has taken the folder for this process already.
  if (!isEmbedded) await lockDataDir(resolve(dataDir));
  // Only loaded here: a real installation never reads it.
  const { startVapiSandbox } = await import('@voxreach/vapi-sandbox');
  const apiKey = localSecret(resolve(dataDir), 'sandbox-key');
  const sandbox = await startVapiSandbox({ apiKey, stateFile: join(resolve(dataDir), 'vapi-sandbox.json') });
  return {
    url: sandbox.url,
    apiKey,
    greeting: [
      'No VAPI_API_KEY is set, so a local sandbox stands in for Vapi.',
      `Sign in as ${DEMO_LOGIN.email} with the password ${DEMO_LOGIN.password}`,
    ].join('\n'),
    prepareDemo: (app) => app.get(DemoService).prepare(),
  };
}
