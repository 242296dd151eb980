/**
 * The sandbox in Vapi's place, as a process of its own; every answer takes VAPI_MS milliseconds longer. Told anything, it says how long it has
 * taken for its answers so far, in milliseconds: each from when the request had come in until the answer was handed to the operating system.
 */
import { subscribe } from 'node:diagnostics_channel';
import { importBundled } from './bundle.mjs';

const { startVapiSandbox } = await importBundled('libs/vapi-sandbox/src/index.ts');
const sandbox = await startVapiSandbox({ apiKey: 'bench-key', activationMs: 0 });
const ms = Number(process.env.VAPI_MS);
if (ms > 0) sandbox.inject({ kind: 'delay', ms, times: Infinity });

const begun = new WeakMap();
let taken = 0;
subscribe('http.server.request.start', ({ request }) => begun.set(request, performance.now()));
subscribe('http.server.response.finish', ({ request }) => (taken += performance.now() - begun.get(request)));
process.on('message', () => process.send(taken));

console.log(sandbox.url.replace('127.0.0.1', 'localhost'));
