/** The sandbox in Vapi's place, as a process of its own; every answer takes VAPI_MS milliseconds longer. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { rolldown } from 'rolldown';

const bundle = await rolldown({
  input: 'libs/vapi-sandbox/src/index.ts',
  platform: 'node',
  external: (id) => !/^[./]/.test(id),
});
// Inside the workspace, from where its packages are found.
mkdirSync('tmp', { recursive: true });
const dir = mkdtempSync(join(process.cwd(), 'tmp/bench-'));
process.once('exit', () => rmSync(dir, { recursive: true, force: true }));
process.once('SIGTERM', () => process.exit(0));
await bundle.write({ dir, format: 'esm', entryFileNames: 'sandbox.mjs' });
const { startVapiSandbox } = await import(join(dir, 'sandbox.mjs'));
const sandbox = await startVapiSandbox({ apiKey: 'bench-key', activationMs: 0 });
const ms = Number(process.env.VAPI_MS);
if (ms > 0) sandbox.inject({ kind: 'delay', ms, times: Infinity });
console.log(sandbox.url.replace('127.0.0.1', 'localhost'));
