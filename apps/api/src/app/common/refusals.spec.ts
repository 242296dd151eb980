import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { IsString } from 'class-validator';
import type { FastifyRequest } from 'fastify';
import { AppError } from './app-error';
import { dtoPipe } from './dto.pipe';
import { JsonObjectPipe } from './json-object.pipe';
import { refuseUnknownAddresses } from './refuse-unknown-addresses';
import { refuseUnusableValues } from './refuse-unusable-values';

const outcomeOf = (promise: Promise<unknown>): Promise<unknown> => promise.catch((error: unknown) => error);

describe('the character U+0000', () => {
  const check = (request: { url?: string; body?: unknown; query?: unknown }) =>
    outcomeOf(refuseUnusableValues({ url: '/api/agents', ...request } as FastifyRequest));

  it.each([
    [{ name: 'a\0' }, 'name'],
    [{ credential: { gateways: [{ ip: 'x' }, { ip: '\0' }] } }, 'credential.gateways.1.ip'],
    [['a', '\0'], '1'],
  ])('is refused in the body %j at its path', async (body, path) => {
    expect(await check({ body })).toMatchObject({ code: 'VALIDATION_FAILED', errors: [{ path }] });
  });

  it('is refused in a query', async () => {
    expect(await check({ query: { search: '\0' } })).toMatchObject({ errors: [{ path: 'search' }] });
  });

  it.each([
    { body: undefined },
    { body: null },
    { body: { name: 'x', n: 1, b: true, list: [null, {}] } },
    { url: '/api/webhooks/vapi', body: { transcript: '\0' } },
    { url: '/index.html', query: { x: '\0' } },
  ])('is not seen where it is not, or does not matter: %j', async (request) => {
    expect(await check(request)).toBeUndefined();
  });
});

describe('half of a surrogate pair', () => {
  const check = (body: unknown) =>
    outcomeOf(refuseUnusableValues({ url: '/api/agents', body } as FastifyRequest));

  it.each(['\ud83d', 'x\udfff', '\ude00\ud83d'])('is refused at its path: %j', async (name) => {
    expect(await check({ agent: { name } })).toMatchObject({
      code: 'VALIDATION_FAILED',
      errors: [{ path: 'agent.name' }],
    });
  });

  it('is no half beside the other one', async () => {
    expect(await check({ name: '\ud83d\ude00' })).toBeUndefined();
  });
});

describe('a name that every object has', () => {
  it.each(['toString', 'constructor', 'hasOwnProperty', '__proto__'])(
    'is refused as a field: %s',
    async (name) => {
      const body: unknown = JSON.parse(`{ "credential": { "${name}": 1 } }`);
      const outcome = await outcomeOf(refuseUnusableValues({ url: '/api/agents', body } as FastifyRequest));
      expect(outcome).toMatchObject({ errors: [{ path: `credential.${name}` }] });
    },
  );
});

describe('an address that is not there', () => {
  const check = (url: string) =>
    outcomeOf(refuseUnknownAddresses({ params: {}, url, is404: true, routeOptions: {} } as FastifyRequest));

  it('does not exist under /api', async () => {
    expect(await check('/api/phone-numbers/vapi/x')).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('is left to the dashboard elsewhere', async () => {
    expect(await check('/numbers')).toBeUndefined();
  });
});

describe('an address with an id', () => {
  const check = (params: object) =>
    outcomeOf(
      refuseUnknownAddresses({
        params,
        url: '/api/agents',
        is404: false,
        routeOptions: {},
      } as FastifyRequest),
    );

  it.each(['vapi', '', '7', 'undefined', '../x', randomUUID().slice(1), `${randomUUID()}0`])(
    'does not exist when the id is %j',
    async (id) => {
      expect(await check({ id })).toMatchObject({ code: 'NOT_FOUND' });
    },
  );

  it('may exist when the id is one of ours, or when there is none', async () => {
    expect(await check({ id: randomUUID() })).toBeUndefined();
    expect(await check({ id: randomUUID().toUpperCase() })).toBeUndefined();
    expect(await check({})).toBeUndefined();
  });
});

describe('a body', () => {
  class Named {
    @IsString() name!: string;
  }
  const transform = (value: unknown) =>
    outcomeOf(dtoPipe(Named).transform(value, { type: 'body', metatype: Named }));

  it('becomes an object of its class', async () => {
    expect(await transform({ name: 'x' })).toBeInstanceOf(Named);
  });

  it('is refused with every field that is wrong or unknown', async () => {
    const error = await transform({ name: 7, x: 1 });
    expect(error).toBeInstanceOf(AppError);
    expect(error).toMatchObject({ code: 'VALIDATION_FAILED' });
    expect((error as AppError).errors?.map(({ path }) => path).toSorted()).toEqual(['name', 'x']);
  });

  it.each([null, undefined, 'x', 7, true, [], [{}]])('that is %j is no JSON object', (value) => {
    expect(() => new JsonObjectPipe().transform(value)).toThrow('Send a JSON object as the body.');
  });

  it('that is a JSON object goes through', () => {
    const body = { a: 1 };
    expect(new JsonObjectPipe().transform(body)).toBe(body);
  });
});
