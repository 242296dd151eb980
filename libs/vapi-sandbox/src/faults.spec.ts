import type { Fault } from './index';
import { API_KEY, sandboxForTests } from './testing/sandbox-client';

describe('an injected fault', () => {
  const client = sandboxForTests();
  const BODY = { name: 'Agent' };

  const post = (signal?: AbortSignal): Promise<Response> =>
    fetch(`${client().sandbox.url}/assistant`, {
      method: 'POST',
      headers: { authorization: `Bearer ${API_KEY}`, 'content-type': 'application/json' },
      body: JSON.stringify(BODY),
      signal,
    });
  const inject = (fault: Fault): (() => void) => client().sandbox.inject(fault);
  /** How many assistants the requests of the test have made. */
  const made = (): number => client().sandbox.snapshot().assistants.length - 1;
  const lastStatus = (): number | undefined => client().sandbox.requests.at(-1)?.status;
  /** Waits for the request to arrive, then lets the client give up on it. */
  const giveUp = async (): Promise<void> => {
    const before = client().sandbox.requests.length;
    const caller = new AbortController();
    const answer = post(caller.signal);
    while (client().sandbox.requests.length === before) await new Promise(setImmediate);
    caller.abort();
    await expect(answer).rejects.toThrow('aborted');
  };

  it('of kind status answers in the shape of Vapi, with its headers, and has no effect', async () => {
    inject({ kind: 'status', status: 429, message: 'Slow down', headers: { 'retry-after': '7' } });
    const response = await post();
    expect([response.status, response.headers.get('retry-after')]).toEqual([429, '7']);
    expect(await response.json()).toEqual({
      message: 'Slow down',
      error: 'Too Many Requests',
      statusCode: 429,
    });
    expect([made(), lastStatus()]).toEqual([0, 429]);
  });

  it('of kind status may carry a list of texts', async () => {
    inject({ kind: 'status', status: 400, message: ['one', 'two'] });
    expect(await (await post()).json()).toMatchObject({ message: ['one', 'two'] });
  });

  it('of kind status-after answers so although the effect has happened', async () => {
    inject({ kind: 'status-after', status: 502 });
    expect((await post()).status).toBe(502);
    expect([made(), lastStatus()]).toEqual([1, 502]);
  });

  it.each([
    ['hang', 0],
    ['hang-after', 1],
  ] as const)('of kind %s never answers, with %d effects', async (kind, effects) => {
    inject({ kind });
    await giveUp();
    expect([made(), lastStatus()]).toEqual([effects, undefined]);
  });

  it.each([
    ['reset', 0],
    ['reset-after', 1],
  ] as const)('of kind %s cuts the socket, with %d effects', async (kind, effects) => {
    inject({ kind });
    await expect(post()).rejects.toThrow('fetch failed');
    expect([made(), lastStatus()]).toEqual([effects, undefined]);
  });

  it('of kind garbage answers success with HTML', async () => {
    inject({ kind: 'garbage' });
    const response = await post();
    expect([response.status, response.headers.get('content-type')]).toEqual([201, 'text/html']);
    await expect(response.json()).rejects.toThrow('is not valid JSON');
    expect(made()).toBe(1);
  });

  it('of kind missing-id answers without id', async () => {
    inject({ kind: 'missing-id' });
    const body = await (await post()).json();
    expect(body).toMatchObject(BODY);
    expect(body).not.toHaveProperty('id');
    expect(made()).toBe(1);
  });

  it('of kind delay brings effect and answer later', async () => {
    inject({ kind: 'delay', ms: 60 });
    const started = performance.now();
    const answer = post();
    while (client().sandbox.requests.length === 0) await new Promise(setImmediate);
    expect(made()).toBe(0);
    expect((await answer).status).toBe(201);
    // Timers may fire a little before their time by this clock.
    expect(performance.now() - started).toBeGreaterThan(55);
    expect(made()).toBe(1);
  });

  it('strikes once unless told otherwise', async () => {
    inject({ kind: 'status', status: 500 });
    expect([(await post()).status, (await post()).status]).toEqual([500, 201]);
    inject({ kind: 'status', status: 500, times: 2 });
    expect([(await post()).status, (await post()).status, (await post()).status]).toEqual([500, 500, 201]);
  });

  it('strikes until removed when its times are Infinity', async () => {
    const remove = inject({ kind: 'status', status: 500, times: Infinity });
    expect([(await post()).status, (await post()).status]).toEqual([500, 500]);
    remove();
    expect((await post()).status).toBe(201);
  });

  it('lets the first requests through when told to skip them', async () => {
    inject({ kind: 'status', status: 500, skip: 2 });
    expect([(await post()).status, (await post()).status, (await post()).status]).toEqual([201, 201, 500]);
  });

  it('strikes only where method and path match', async () => {
    inject({ kind: 'status', status: 500, method: 'GET', times: Infinity });
    inject({ kind: 'status', status: 503, path: /^\/credential$/g, times: Infinity });
    expect((await post()).status).toBe(201);
    expect((await client().send('GET', '/assistant')).status).toBe(500);
    expect((await client().send('POST', '/credential', {})).status).toBe(503);
    expect((await client().send('POST', '/credential', {})).status).toBe(503);
    expect((await client().send('PATCH', '/credential/x', {})).status).toBe(404);
  });

  it('never strikes with probability 0 and always with 1', async () => {
    inject({ kind: 'status', status: 500, probability: 0 });
    inject({ kind: 'status', status: 503, probability: 1 });
    expect([(await post()).status, (await post()).status]).toEqual([503, 201]);
  });

  it('is gone after clearFaults', async () => {
    inject({ kind: 'status', status: 500, times: Infinity });
    client().sandbox.clearFaults();
    expect((await post()).status).toBe(201);
  });

  it('does not turn a refusal into a success', async () => {
    inject({ kind: 'garbage' });
    expect(await client().send('POST', '/assistant', { name: 7 })).toMatchObject({ status: 400 });
  });
});
