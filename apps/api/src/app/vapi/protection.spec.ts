import { jest } from '@jest/globals';
import { Protection } from './protection';
import { VapiError } from './vapi.error';

const failing = (kind: 'failed' | 'rejected') => () =>
  Promise.reject(new VapiError({ kind, operation: 'POST /phone-number', mayHaveActed: kind === 'failed' }));

const outcome = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    (value) => value,
    (error: unknown) => (error instanceof VapiError ? error.kind : error),
  );

/** Sends so many requests, one after the other. */
async function send(protection: Protection, count: number, work: () => Promise<unknown>): Promise<unknown[]> {
  const outcomes: unknown[] = [];
  for (let sent = 0; sent < count; sent++) outcomes.push(await outcome(protection.run('GET /x', work)));
  return outcomes;
}

describe('Vapi is', () => {
  beforeEach(() => void jest.useFakeTimers({ now: 0 }));
  afterEach(() => void jest.useRealTimers());

  it('left alone for ten seconds when most requests fail, and then asked once whether it is back', async () => {
    const protection = new Protection();
    const outcomes = await send(protection, 200, failing('failed'));
    expect(outcomes[0]).toBe('failed');
    expect(outcomes.at(-1)).toBe('suspended');
    jest.setSystemTime(10_001);
    expect(await send(protection, 2, failing('failed'))).toEqual(['failed', 'suspended']);
    jest.setSystemTime(20_002);
    expect(await send(protection, 3, () => Promise.resolve('there'))).toEqual(['there', 'there', 'there']);
  });

  it('not left alone because it refuses what is wrong, nor for a few failures', async () => {
    const protection = new Protection();
    expect(new Set(await send(protection, 200, failing('rejected')))).toEqual(new Set(['rejected']));
    expect(new Set(await send(new Protection(), 20, failing('failed')))).toEqual(new Set(['failed']));
  });

  it('asked 200 things at a time; what is beyond them is told at once that nothing was sent', async () => {
    const protection = new Protection();
    const { promise: answered, resolve: answer } = Promise.withResolvers<string>();
    let sent = 0;
    const work = () => {
      sent += 1;
      return answered;
    };
    const all = Array.from({ length: 201 }, () => outcome(protection.run('GET /x', work)));
    expect(await all[200]).toBe('suspended');
    expect(sent).toBe(200);
    answer('there');
    expect(new Set(await Promise.all(all.slice(0, 200)))).toEqual(new Set(['there']));
    expect(await outcome(protection.run('GET /x', work))).toBe('there');
  });
});

it('What was not sent had no effect, and says when to come again', async () => {
  const protection = new Protection();
  for (let sent = 0; sent < 200; sent++) void protection.run('GET /x', () => new Promise(() => undefined));
  await expect(protection.run('GET /x', () => Promise.resolve())).rejects.toMatchObject({
    kind: 'suspended',
    mayHaveActed: false,
    retryAfterSeconds: 10,
  });
});
