import 'reflect-metadata';
import { Logger } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { Fault, VapiSandbox } from '@voxreach/vapi-sandbox';
import { ConfigModule } from '../config/config.module';
import { MetricsService } from '../metrics/metrics.service';
import {
  API_KEY,
  configFor,
  failureOf,
  metricsForTests,
  startOddServer,
  startSandbox,
  stopOddServers,
  vapiHttpFor,
} from './testing/vapi-for-tests';
import { VapiPhoneNumbers } from './vapi-phone-numbers';
import { VapiModule } from './vapi.module';

const METRICS = {
  module: class {},
  global: true,
  providers: [{ provide: MetricsService, useValue: metricsForTests }],
  exports: [MetricsService],
};

let sandbox: VapiSandbox;
beforeAll(async () => {
  Logger.overrideLogger(false);
  sandbox = await startSandbox();
});
beforeEach(() => sandbox.reset());
afterEach(stopOddServers);
afterAll(() => sandbox.close());

const numbers = (read?: number) =>
  new VapiPhoneNumbers(vapiHttpFor(sandbox.url, read === undefined ? {} : { read }));

/** Milliseconds between one request and the next. */
const gaps = (requests: readonly { at: number }[]): number[] =>
  requests.slice(1).map(({ at }, index) => at - (requests[index]?.at ?? 0));

describe('a read', () => {
  it.each<[string, Fault]>([
    ['a failure of Vapi', { kind: 'status', status: 500 }],
    ['a full hour', { kind: 'status', status: 429 }],
    ['a cut connection', { kind: 'reset' }],
    ['an answer that is HTML', { kind: 'garbage' }],
    ['a silence', { kind: 'hang' }],
  ])('is repeated after %s, and then succeeds', async (_what, fault) => {
    sandbox.inject(fault);
    const list = await numbers(300).list();
    expect(list.map(({ id }) => id)).toEqual([sandbox.operatorIds.phoneNumberId]);
    expect(sandbox.requests).toHaveLength(2);
  });

  it('is tried three times in all, with longer and longer waits', async () => {
    sandbox.inject({ kind: 'status', status: 503, times: Infinity });
    expect(await failureOf(numbers().get('7'))).toMatchObject({ kind: 'failed', status: 503 });
    expect(sandbox.requests).toHaveLength(3);
    const [first = 0, second = 0] = gaps(sandbox.requests);
    // 200 and 800 milliseconds with a quarter of jitter; timers may fire a little early by another clock.
    expect(first).toBeGreaterThanOrEqual(145);
    expect(second).toBeGreaterThanOrEqual(595);
  });

  it.each([400, 401, 402, 403, 404, 409])('is not repeated after %d', async (status) => {
    sandbox.inject({ kind: 'status', status, times: Infinity });
    await failureOf(numbers().get('7'));
    expect(sandbox.requests).toHaveLength(1);
  });

  it('waits as long as Retry-After says', async () => {
    const server = await startOddServer((_request, response) =>
      server.requests.length === 1
        ? response.writeHead(429, { 'retry-after': '0.5' }).end('{}')
        : response.end('[]'),
    );
    expect(await new VapiPhoneNumbers(vapiHttpFor(server.url)).list()).toEqual([]);
    expect(gaps(server.requests)[0]).toBeGreaterThanOrEqual(495);
  });

  it('leaves a long wait to the caller', async () => {
    sandbox.inject({ kind: 'status', status: 429, headers: { 'retry-after': '60' }, times: Infinity });
    expect(await failureOf(numbers().list())).toMatchObject({ kind: 'rate_limited', retryAfterSeconds: 60 });
    expect(sandbox.requests).toHaveLength(1);
  });
});

describe('a removal', () => {
  const make = () =>
    numbers().create({
      provider: 'twilio',
      number: '+14155550100',
      twilioAccountSid: 'AC1',
      twilioAuthToken: 'token',
    });

  it('is done once Vapi has done it', async () => {
    const { id } = await make();
    await numbers().delete(id);
    await expect(failureOf(numbers().get(id))).resolves.toMatchObject({ kind: 'not_found' });
  });

  it('is done when Vapi has no such number', async () => {
    await expect(numbers().delete(crypto.randomUUID())).resolves.toBeUndefined();
  });

  it.each<Fault>([
    { kind: 'reset-after' },
    { kind: 'status-after', status: 502 },
    { kind: 'status', status: 503 },
  ])('is repeated after $kind, and an object that is gone by then is removed', async (fault) => {
    const { id } = await make();
    sandbox.clearRequests();
    sandbox.inject({ method: 'DELETE', ...fault });
    await expect(numbers().delete(id)).resolves.toBeUndefined();
    expect(sandbox.requests.map(({ method }) => method)).toEqual(['DELETE', 'DELETE']);
    expect(sandbox.snapshot().phoneNumbers.map((number) => number.id)).not.toContain(id);
  });

  it('does with any body of success, or none', async () => {
    const { url } = await startOddServer((_request, response) => response.writeHead(204).end());
    await expect(new VapiPhoneNumbers(vapiHttpFor(url)).delete('7')).resolves.toBeUndefined();
  });

  it('fails when it is refused', async () => {
    sandbox.inject({ kind: 'status', status: 409, message: 'In use' });
    expect(await failureOf(numbers().delete('7'))).toMatchObject({ kind: 'rejected', messages: ['In use'] });
  });

  it('keeps an id with odd characters to its own address', async () => {
    const server = await startOddServer((_request, response) => response.end('{}'));
    await new VapiPhoneNumbers(vapiHttpFor(server.url)).delete('../credential/7?x=1');
    expect(server.requests.map(({ url }) => url)).toEqual(['/phone-number/..%2Fcredential%2F7%3Fx%3D1']);
  });
});

describe('a change', () => {
  it.each<Fault>([
    { kind: 'status', status: 503 },
    { kind: 'status', status: 429 },
    { kind: 'reset' },
    { kind: 'garbage' },
  ])('is never repeated by itself: $kind', async (fault) => {
    const { operatorIds } = sandbox;
    sandbox.inject({ method: 'PATCH', ...fault });
    await failureOf(numbers().update(operatorIds.phoneNumberId, { provider: 'twilio', name: 'x' }));
    expect(sandbox.requests).toHaveLength(1);
  });
});

describe('the connections to Vapi', () => {
  it('are kept and used again, also after a refusal', async () => {
    const server = await startOddServer((request, response) =>
      response.writeHead(request.method === 'POST' ? 400 : 200).end('[]'),
    );
    const app = await NestFactory.createApplicationContext(
      { module: VapiModule, imports: [VapiModule, ConfigModule.of(configFor(server.url)), METRICS] },
      { logger: false },
    );
    const vapi = app.get(VapiPhoneNumbers);
    for (let round = 0; round < 3; round++) {
      await vapi.list();
      await failureOf(vapi.create({ provider: 'vapi' }));
    }
    await app.close();
    expect(server.requests).toHaveLength(6);
    expect(server.sockets.size).toBe(1);
  });

  it("carry the operator's key, as a bearer token", async () => {
    const server = await startOddServer((_request, response) => response.end('[]'));
    await new VapiPhoneNumbers(vapiHttpFor(server.url)).list();
    expect(server.requests[0]?.authorization).toBe(`Bearer ${API_KEY}`);
  });
});
