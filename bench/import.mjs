/**
 * What an import costs besides Vapi: its time at our API against the time that Vapi takes for its part, as it measures that itself; each provider, with a Vapi
 * that takes 0, 20 and 200 ms longer.
 *
 *   npm run build && npm run bench -- import     on BENCH_DATABASE_URL
 */
import { createDatabase, quantile, register, start, startServer } from './support/installation.mjs';

const IMPORTS = 60;
const VAPI_MS = [0, 20, 200];

const credential = {
  twilio: { accountSid: 'AC0123456789abcdef0123456789abcdef', authToken: 'twilio-token' },
  vonage: { apiKey: 'vonage-key', apiSecret: 'vonage-secret' },
  telnyx: { apiKey: 'telnyx-key' },
  'byo-phone-number': { gateways: [{ ip: '198.51.100.7' }] },
};

let numbers = 0;

for (const ms of VAPI_MS) {
  const database = await createDatabase();
  const vapi = await start('bench/support/vapi.mjs', { VAPI_MS: String(ms) });
  const server = await startServer(database.url, vapi.url);
  try {
    const { token } = await register(server.url);
    for (const provider of Object.keys(credential)) {
      const [all, ours, ratio] = [[], [], []];
      for (let n = -5; n < IMPORTS; n++) {
        const before = await vapi.ask();
        const total = await importOne(server.url, token, provider);
        const atVapi = (await vapi.ask()) - before;
        // The first ones open connections and make the operator's credential.
        if (n < 0) continue;
        all.push(total);
        ours.push(total - atVapi);
        ratio.push(total / atVapi);
      }
      console.log(
        `${provider}, Vapi ${ms} ms slower: ${quantile(all, 0.5).toFixed(1)} ms, of which ours ${quantile(ours, 0.5).toFixed(1)} ms; ` +
          `${quantile(ratio, 0.5).toFixed(3)} times Vapi's own`,
      );
    }
  } finally {
    await server.stop();
    await vapi.stop();
    await database.drop();
  }
}

async function importOne(url, token, provider) {
  const begun = performance.now();
  const response = await fetch(`${url}/api/phone-numbers`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      provider,
      number: `+1202555${1_000 + numbers++}`,
      credential: credential[provider],
    }),
  });
  const text = await response.text();
  if (response.status !== 201) throw new Error(text);
  return performance.now() - begun;
}
