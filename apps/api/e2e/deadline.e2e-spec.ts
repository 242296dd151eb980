import { useApi } from './support/api';
import { importNumber, IMPORTS } from './support/builders';
import { footprintOf } from './support/footprint';
import { problemOf } from './support/problem';

const api = useApi({ env: { REQUEST_TIMEOUT_MS: '3000' } });

const SLOW = { kind: 'delay', ms: 4_000, method: 'POST' } as const;

// The credential for webhooks is made with the first number, in a time of its own.
beforeAll(async () => {
  await importNumber(await api.organization());
});

afterEach(() => api.sandbox.clearFaults());

describe('A request that has taken too long', () => {
  test('begins nothing more at Vapi, and leaves nothing of what it began', async () => {
    const acme = await api.organization();
    const before = await footprintOf(api, acme);
    api.sandbox.inject({ ...SLOW, path: /^\/credential$/ });
    const { result, calls } = await api.callsDuring(() => acme.post('/api/phone-numbers', IMPORTS.vonage()));
    const problem = problemOf(result, 'UPSTREAM_UNAVAILABLE');
    expect(problem.detail).toContain('Nothing was added.');
    expect(calls.map(({ method, path }) => `${method} ${path.split('/')[1]}`)).toEqual([
      'POST credential',
      'DELETE credential',
    ]);
    expect(await footprintOf(api, acme)).toEqual(before);
  });

  test('ends what it has begun: one that Vapi answers late is added', async () => {
    const acme = await api.organization();
    api.sandbox.inject({ ...SLOW, path: /^\/phone-number$/ });
    expect((await acme.post('/api/phone-numbers', IMPORTS.twilio())).status).toBe(201);
  });
});
