/** The sandbox in Vapi's place, as a process of its own; every answer takes VAPI_MS milliseconds longer. */
import { importBundled } from './bundle.mjs';

const { startVapiSandbox } = await importBundled('libs/vapi-sandbox/src/index.ts');
const sandbox = await startVapiSandbox({ apiKey: 'bench-key', activationMs: 0 });
const ms = Number(process.env.VAPI_MS);
if (ms > 0) sandbox.inject({ kind: 'delay', ms, times: Infinity });
console.log(sandbox.url.replace('127.0.0.1', 'localhost'));
