import 'reflect-metadata';
import { Logger } from '@nestjs/common';
import type { Fault, VapiSandbox } from '@voxreach/vapi-sandbox';
import { taggedName } from '../common/vapi-name';
import { createOrFind } from './create-or-find';
import {
  failureOf,
  startOddServer,
  startSandbox,
  stopOddServers,
  vapiHttpFor,
} from './testing/vapi-for-tests';
import { VapiAssistants } from './vapi-assistants';
import { VapiCredentials } from './vapi-credentials';
import { VapiError, type VapiErrorKind } from './vapi.error';
import { VapiPhoneNumbers } from './vapi-phone-numbers';

const OURS = 'b3a1f0de-7c55-4a0e-9d8e-0f6b1c2d3e4f';
const START = Date.parse('2026-01-01T00:00:00Z');

beforeAll(() => Logger.overrideLogger(false));
afterEach(stopOddServers);

interface Listed {
  id: string;
  name: string;
  createdAt: string;
}

/** So many numbers, newest first, `perMillisecond` of them made at once; the one at `place` is ours. */
const numbersWithOursAt = (place: number, count: number, perMillisecond = 1): Listed[] =>
  Array.from({ length: count }, (_none, index) => ({
    id: `number-${index}`,
    name: index === place ? taggedName('Front desk', OURS) : `Other ${index}`,
    createdAt: new Date(START - Math.floor(index / perMillisecond)).toISOString(),
  }));

/** A Vapi that holds these numbers, with its rules for lists. */
async function vapiWith(held: readonly Listed[]) {
  const server = await startOddServer((request, response) => {
    const { searchParams } = new URL(request.url ?? '', 'http://vapi');
    const at = (name: string, otherwise: number) => Date.parse(searchParams.get(name) ?? '') || otherwise;
    const page = held
      .filter(({ createdAt }) => Date.parse(createdAt) > at('createdAtGt', -Infinity))
      .filter(({ createdAt }) => Date.parse(createdAt) <= at('createdAtLe', Infinity))
      .slice(0, Number(searchParams.get('limit') ?? 100));
    response.end(JSON.stringify(page));
  });
  return { numbers: new VapiPhoneNumbers(vapiHttpFor(server.url)), requests: server.requests };
}

describe('the search for a number that we made', () => {
  const since = new Date(START - 10_000);

  it.each([
    [0, 1],
    [999, 1],
    [1_000, 2],
    [2_350, 3],
  ])('finds it at place %d with %d lists', async (place, lists) => {
    const { numbers, requests } = await vapiWith(numbersWithOursAt(place, 2_400));
    expect((await numbers.find(OURS, since))?.id).toBe(`number-${place}`);
    expect(requests).toHaveLength(lists);
  });

  it('finds it although many were made in the same millisecond as the last of a page', async () => {
    for (const place of [1_000, 1_001, 1_004]) {
      const { numbers } = await vapiWith(numbersWithOursAt(place, 1_500, 7));
      expect((await numbers.find(OURS, since))?.id).toBe(`number-${place}`);
    }
  });

  it('ends without it after the last page', async () => {
    const { numbers, requests } = await vapiWith(numbersWithOursAt(-1, 2_400));
    expect(await numbers.find(OURS, since)).toBeUndefined();
    expect(requests).toHaveLength(3);
  });

  it('ends also when a page does not move on', async () => {
    const { numbers } = await vapiWith(numbersWithOursAt(-1, 1_200, 5_000));
    expect(await numbers.find(OURS, since)).toBeUndefined();
  });

  it('reads only what was made since, with room for clocks that differ', async () => {
    const { numbers, requests } = await vapiWith([]);
    await numbers.find(OURS, new Date(START));
    const asked = new URL(requests[0]?.url ?? '', 'http://vapi').searchParams;
    expect(Object.fromEntries(asked)).toEqual({ limit: '1000', createdAtGt: '2025-12-31T23:50:00.000Z' });
  });

  it('takes nobody else, however alike the name is', async () => {
    const tag = taggedName('', OURS);
    const names = [`x${tag}`, `${tag}x`, `${tag} x`, tag.toLowerCase(), ` ${tag.slice(0, -1)}`, ''];
    const { numbers } = await vapiWith(
      names.map((name, index) => ({ id: `other-${index}`, name, createdAt: new Date(START).toISOString() })),
    );
    expect(await numbers.find(OURS, since)).toBeUndefined();
  });
});

describe('an object whose create had no clear outcome', () => {
  let sandbox: VapiSandbox;
  beforeAll(async () => {
    sandbox = await startSandbox();
  });
  beforeEach(() => sandbox.reset());
  afterAll(() => sandbox.close());

  const FAULTS: Fault[] = [
    { kind: 'status-after', status: 502 },
    { kind: 'reset-after' },
    { kind: 'hang-after' },
    { kind: 'garbage' },
    { kind: 'missing-id' },
  ];
  const http = () => vapiHttpFor(sandbox.url, { write: 150 });
  const name = taggedName('Front desk', OURS);

  it.each(FAULTS)('is found again as a number: $kind', async (fault) => {
    sandbox.inject({ method: 'POST', ...fault });
    const numbers = new VapiPhoneNumbers(http());
    const { id } = await createOrFind(
      () => numbers.create({ provider: 'vapi', name }),
      () => numbers.find(OURS, new Date()),
    );
    const made = sandbox.snapshot().phoneNumbers.filter((number) => number.name === name);
    expect(made.map((number) => number.id)).toEqual([id]);
  });

  it.each(FAULTS)('is found again as a credential: $kind', async (fault) => {
    sandbox.inject({ method: 'POST', ...fault });
    const credentials = new VapiCredentials(http());
    const { id } = await createOrFind(
      () => credentials.create({ provider: 'telnyx', apiKey: 'key', name }),
      () => credentials.find(OURS),
    );
    const made = sandbox.snapshot().credentials.filter((credential) => credential.name === name);
    expect(made.map((credential) => credential.id)).toEqual([id]);
  });

  it.each(FAULTS)('is found again as an assistant: $kind', async (fault) => {
    sandbox.inject({ method: 'POST', ...fault });
    const assistants = new VapiAssistants(http());
    const { id } = await createOrFind(
      () =>
        assistants.create({
          name: 'Reception',
          model: { provider: 'openai', model: 'gpt-4o' },
          metadata: { voxreachId: OURS },
        }),
      () => assistants.find(OURS, new Date()),
    );
    const made = sandbox
      .snapshot()
      .assistants.filter((assistant) => assistant.id !== sandbox.operatorIds.assistantId);
    expect(made.map((assistant) => assistant.id)).toEqual([id]);
  });

  it('is not looked for when the create succeeds: no list is read', async () => {
    const numbers = new VapiPhoneNumbers(http());
    await createOrFind(
      () => numbers.create({ provider: 'vapi', name }),
      () => numbers.find(OURS, new Date()),
    );
    expect(sandbox.requests.map(({ method }) => method)).toEqual(['POST']);
  });
});

describe('createOrFind', () => {
  const failure = (kind: VapiErrorKind, mayHaveActed: boolean) =>
    new VapiError({ kind, operation: 'POST /phone-number', messages: ['No.'], mayHaveActed });
  const never = () => Promise.reject(new Error('Nobody should look'));
  const nothing = () => Promise.resolve(undefined);

  it('gives what was created, without a look', async () => {
    await expect(createOrFind(() => Promise.resolve('made'), never)).resolves.toBe('made');
  });

  it('passes on what is no failure of Vapi, without a look', async () => {
    const error = new TypeError('a mistake of ours');
    await expect(createOrFind(() => Promise.reject(error), never)).rejects.toBe(error);
  });

  it('passes on a failure that had no effect, without a look', async () => {
    const error = failure('rejected', false);
    await expect(createOrFind(() => Promise.reject(error), never)).rejects.toBe(error);
  });

  it.each<VapiErrorKind>(['failed', 'malformed', 'timeout', 'network'])(
    'gives what is found after %s',
    async (kind) => {
      const found = createOrFind(
        () => Promise.reject(failure(kind, true)),
        () => Promise.resolve('found'),
      );
      await expect(found).resolves.toBe('found');
    },
  );

  it('stays in doubt when the look fails', async () => {
    const error = failure('failed', true);
    const outcome = createOrFind(
      () => Promise.reject(error),
      () => Promise.reject(failure('network', true)),
    );
    await expect(outcome).rejects.toBe(error);
  });

  it.each<VapiErrorKind>(['timeout', 'network'])(
    'stays in doubt when nothing is found after %s: it may still come',
    async (kind) => {
      const error = failure(kind, true);
      await expect(createOrFind(() => Promise.reject(error), nothing)).rejects.toBe(error);
    },
  );

  it.each<VapiErrorKind>(['failed', 'malformed'])(
    'is sure that nothing was made when Vapi answered and nothing is found: %s',
    async (kind) => {
      const error = await failureOf(createOrFind(() => Promise.reject(failure(kind, true)), nothing));
      expect(error).toMatchObject({
        kind,
        messages: ['No.'],
        operation: 'POST /phone-number',
        mayHaveActed: false,
      });
    },
  );
});
