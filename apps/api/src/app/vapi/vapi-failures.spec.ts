import 'reflect-metadata';
import { inspect } from 'node:util';
import { Logger, type LoggerService } from '@nestjs/common';
import type { Fault, VapiSandbox } from '@voxreach/vapi-sandbox';
import {
  API_KEY,
  failureOf,
  startOddServer,
  startSandbox,
  stopOddServers,
  vapiHttpFor,
} from './testing/vapi-for-tests';
import { VapiAssistants } from './vapi-assistants';
import { VapiCredentials } from './vapi-credentials';
import type { VapiError, VapiErrorKind } from './vapi.error';
import { VapiPhoneNumbers } from './vapi-phone-numbers';

const ASSISTANT = {
  name: 'Reception',
  model: { provider: 'openai', model: 'gpt-4o' },
  metadata: { voxreachId: 'x' },
};

/** What the operator's log got. */
const log: { level: string; line: string }[] = [];
const keep =
  (level: string) =>
  (...line: unknown[]) =>
    void log.push({ level, line: inspect(line, { depth: null }) });
const keeper: LoggerService = { log: keep('log'), warn: keep('warn'), error: keep('error') };

beforeAll(() => Logger.overrideLogger(keeper));
beforeEach(() => void log.splice(0));
afterEach(stopOddServers);

describe('a create at Vapi that fails', () => {
  let sandbox: VapiSandbox;
  beforeAll(async () => {
    sandbox = await startSandbox();
  });
  beforeEach(() => sandbox.reset());
  afterAll(() => sandbox.close());

  const create = (write?: number) =>
    new VapiAssistants(vapiHttpFor(sandbox.url, write === undefined ? {} : { write })).create(ASSISTANT);

  it.each<[number, VapiErrorKind, boolean]>([
    [400, 'rejected', false],
    [409, 'rejected', false],
    [422, 'rejected', false],
    [418, 'rejected', false],
    [401, 'account', false],
    [402, 'account', false],
    [403, 'account', false],
    [404, 'not_found', false],
    [408, 'timeout', true],
    [429, 'rate_limited', false],
    [500, 'failed', true],
    [502, 'failed', true],
    [503, 'failed', true],
    [504, 'failed', true],
  ])('with %d is %s, may have acted: %s', async (status, kind, mayHaveActed) => {
    sandbox.inject({ kind: 'status', status, message: 'No.' });
    expect(await failureOf(create())).toMatchObject({
      name: 'VapiError',
      kind,
      status,
      operation: 'POST /assistant',
      messages: ['No.'],
      mayHaveActed,
      retryAfterSeconds: undefined,
    });
    expect(sandbox.requests).toHaveLength(1);
  });

  it.each<[string, Fault, VapiErrorKind, number | undefined]>([
    ['with a failure after its effect', { kind: 'status-after', status: 502 }, 'failed', 502],
    ['by a cut connection', { kind: 'reset' }, 'network', undefined],
    ['by a cut connection after its effect', { kind: 'reset-after' }, 'network', undefined],
    ['by a success that is HTML', { kind: 'garbage' }, 'malformed', 201],
    ['by a success without id', { kind: 'missing-id' }, 'malformed', 201],
  ])('%s may have acted and is not repeated', async (_how, fault, kind, status) => {
    sandbox.inject(fault);
    expect(await failureOf(create())).toMatchObject({ kind, status, mayHaveActed: true });
    expect(sandbox.requests).toHaveLength(1);
  });

  it.each<Fault['kind'] & ('hang' | 'hang-after')>(['hang', 'hang-after'])(
    'without an answer (%s) is a timeout that may have acted',
    async (kind) => {
      sandbox.inject({ kind });
      expect(await failureOf(create(60))).toMatchObject({ kind: 'timeout', mayHaveActed: true });
      expect(sandbox.requests).toHaveLength(1);
    },
  );

  it('keeps every sentence of a list', async () => {
    sandbox.inject({ kind: 'status', status: 400, message: ['name is wrong', 'model is wrong'] });
    expect((await failureOf(create())).messages).toEqual(['name is wrong', 'model is wrong']);
  });

  it('because of a wrong key concerns the account, and the operator is told', async () => {
    const other = await startSandbox({ apiKey: 'another key' });
    const failure = await failureOf(
      new VapiCredentials(vapiHttpFor(other.url)).create({ provider: 'telnyx', apiKey: 'k' }),
    );
    await other.close();
    expect(failure).toMatchObject({ kind: 'account', status: 401 });
    expect(log.map(({ level }) => level)).toEqual(['error']);
    expect(log[0]?.line).toContain('VAPI_API_KEY');
  });

  it('as a patch does is no more repeated than a create', async () => {
    sandbox.inject({ kind: 'status', status: 503, times: Infinity });
    const numbers = new VapiPhoneNumbers(vapiHttpFor(sandbox.url));
    const failure = await failureOf(numbers.update('7', { provider: 'twilio', name: 'x' }));
    expect(failure).toMatchObject({
      kind: 'failed',
      operation: 'PATCH /phone-number/:id',
      mayHaveActed: true,
    });
    expect(sandbox.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'PATCH /phone-number/7',
    ]);
  });

  it('because the object is gone is no news for the log', async () => {
    await failureOf(new VapiPhoneNumbers(vapiHttpFor(sandbox.url)).get(crypto.randomUUID()));
    expect(log).toEqual([]);
  });
});

describe('Retry-After', () => {
  const refusedWith = async (retryAfter: string) => {
    const { url } = await startOddServer((_request, response) =>
      response.writeHead(429, { 'retry-after': retryAfter }).end('{"message":"Slow down"}'),
    );
    return failureOf(new VapiAssistants(vapiHttpFor(url)).create(ASSISTANT));
  };

  it.each([
    ['7', 7],
    [' 120 ', 120],
    ['0.5', 0.5],
    ['0', undefined],
    ['soon', undefined],
    ['-5', undefined],
    ['Wed, 21 Oct 2015 07:28:00 GMT', undefined],
  ])('of %j is understood as %s seconds', async (given, seconds) => {
    expect(await refusedWith(given)).toMatchObject({ kind: 'rate_limited', retryAfterSeconds: seconds });
  });

  it('may be a time to come', async () => {
    const { retryAfterSeconds = 0 } = await refusedWith(new Date(Date.now() + 60_000).toUTCString());
    expect(retryAfterSeconds).toBeGreaterThan(50);
    expect(retryAfterSeconds).toBeLessThanOrEqual(60);
  });
});

describe('an answer that is none of Vapi', () => {
  const createAt = (url: string, write = 2_000) =>
    failureOf(new VapiAssistants(vapiHttpFor(url, { write })).create(ASSISTANT));

  it.each([
    ['empty', ''],
    ['no JSON', '<html>'],
    ['JSON that is cut off', '{"id":"1"'],
    ['null', 'null'],
    ['a text', '"id"'],
    ['a number', '7'],
    ['a list', '[{"id":"1"}]'],
    ['an object without id', '{}'],
    ['an object with an empty id', '{"id":""}'],
    ['an object whose id is no text', '{"id":7}'],
  ])('is malformed when a success is %s', async (_what, body) => {
    const { url, requests } = await startOddServer((_request, response) => response.writeHead(201).end(body));
    expect(await createAt(url)).toMatchObject({
      kind: 'malformed',
      status: 201,
      mayHaveActed: true,
      messages: [],
    });
    expect(requests).toHaveLength(1);
  });

  it('is malformed when a list is an object', async () => {
    const { url } = await startOddServer((_request, response) => response.end('{"results":[]}'));
    expect(await failureOf(new VapiPhoneNumbers(vapiHttpFor(url)).list())).toMatchObject({
      kind: 'malformed',
    });
  });

  it.each([
    ['no JSON', '<html>Bad gateway</html>'],
    ['JSON without message', '{"error":"x"}'],
    ['a message that is an object', '{"message":{"text":"x"}}'],
    ['a message of null', '{"message":null}'],
    ['a list', '["x"]'],
  ])('keeps its kind without words when a refusal is %s', async (_what, body) => {
    const { url } = await startOddServer((_request, response) => response.writeHead(400).end(body));
    expect(await createAt(url)).toMatchObject({ kind: 'rejected', status: 400, messages: [] });
  });

  it('drops what is no sentence from a list', async () => {
    const { url } = await startOddServer((_request, response) =>
      response.writeHead(400).end('{"message":["one",2,null,{"a":1},"two"]}'),
    );
    expect((await createAt(url)).messages).toEqual(['one', 'two']);
  });

  it('is a timeout when the head comes and the body trickles', async () => {
    const { url } = await startOddServer((_request, response) => {
      response.writeHead(201).write('{"id":');
      const drip = setInterval(() => response.write(' '), 10);
      response.once('close', () => clearInterval(drip));
    });
    expect(await createAt(url, 100)).toMatchObject({ kind: 'timeout', mayHaveActed: true });
  });

  it('is a network failure when the connection ends amid the body', async () => {
    const { url } = await startOddServer((_request, response) => {
      response.writeHead(201, { 'content-length': '100' }).write('{"id":"1"');
      setImmediate(() => response.destroy());
    });
    expect(await createAt(url)).toMatchObject({ kind: 'network', mayHaveActed: true });
  });

  it.each([301, 302, 303, 307, 308])(
    'that redirects with %d is not followed, so the key stays here',
    async (status) => {
      const elsewhere = await startOddServer((_request, response) =>
        response.writeHead(201).end('{"id":"1"}'),
      );
      const { url } = await startOddServer((_request, response) =>
        response.writeHead(status, { location: `${elsewhere.url}/assistant` }).end(),
      );
      expect(await createAt(url)).toMatchObject({ kind: 'failed', status });
      expect(elsewhere.requests).toEqual([]);
    },
  );

  it('cannot have acted when nobody listens', async () => {
    const { url } = await startOddServer(() => undefined);
    await stopOddServers();
    expect(await createAt(url)).toMatchObject({
      kind: 'network',
      status: undefined,
      messages: ['ECONNREFUSED'],
      mayHaveActed: false,
    });
  });
});

describe('what leaves with an error', () => {
  const SECRETS = {
    twilioAuthToken: 'tok-5f1d2c',
    twilioApiKey: 'SKkey-77aa',
    twilioApiSecret: 'very secret "quoted" value',
  };
  const BODY = {
    provider: 'twilio',
    number: '+14155550100',
    twilioAccountSid: 'AC0123',
    ...SECRETS,
  } as const;
  const FOREIGN_ID = '0b8a8d0e-6c8f-4a58-9a43-5b9c0d1e2f33';

  const createAt = (url: string, write = 2_000) =>
    failureOf(new VapiPhoneNumbers(vapiHttpFor(url, { write })).create(BODY));

  /** Everything that can be got out of an error, hidden properties and prototypes' getters included. */
  const everythingIn = (error: VapiError): string =>
    [
      JSON.stringify(error),
      inspect(error, { depth: Infinity, showHidden: true, getters: true }),
      String(error),
      error.stack,
      ...Reflect.ownKeys(error).map((key) =>
        inspect(Reflect.get(error, key), { depth: Infinity, showHidden: true }),
      ),
    ].join('\n');

  const leaks = (text: string) =>
    [
      ...Object.values(SECRETS),
      API_KEY,
      'Bearer',
      'authorization',
      'x-odd-header',
      'odd-cookie',
      FOREIGN_ID,
    ].filter((secret) => text.includes(secret) || text.includes(JSON.stringify(secret).slice(1, -1)));

  const HEADERS = { 'x-odd-header': 'odd-value', 'set-cookie': 'odd-cookie=1' };

  it.each<[string, Parameters<typeof startOddServer>[0], VapiErrorKind]>([
    [
      'a refusal that quotes the request',
      (_request, response) =>
        void response.writeHead(400, HEADERS).end(
          JSON.stringify({
            message: [
              `Token ${SECRETS.twilioAuthToken} with ${SECRETS.twilioApiKey}/${SECRETS.twilioApiSecret} is wrong`,
              `key ${API_KEY} of ${FOREIGN_ID} / ${FOREIGN_ID.toUpperCase()}`,
            ],
            echo: BODY,
          }),
        ),
      'rejected',
    ],
    [
      'a failure that echoes the request',
      (_request, response) => void response.writeHead(500, HEADERS).end(JSON.stringify(BODY)),
      'failed',
    ],
    [
      'a success that cannot be used',
      (_request, response) => void response.writeHead(201, HEADERS).end(JSON.stringify(BODY)),
      'malformed',
    ],
    ['a cut connection', (request) => void request.socket.destroy(), 'network'],
    ['no answer', () => undefined, 'timeout'],
  ])(
    'of %s holds no secret, header, body or foreign id, and neither does the log',
    async (_what, answer, kind) => {
      const { url } = await startOddServer(answer);
      const failure = await createAt(url, kind === 'timeout' ? 60 : 2_000);
      expect(failure.kind).toBe(kind);
      expect(leaks(everythingIn(failure))).toEqual([]);
      expect(leaks(JSON.stringify(log))).toEqual([]);
      expect(log).not.toEqual([]);
      expect(failure.cause).toBeUndefined();
      expect(Reflect.ownKeys(failure).toSorted()).toEqual(
        [
          'kind',
          'mayHaveActed',
          'message',
          'messages',
          'name',
          'operation',
          'retryAfterSeconds',
          'stack',
          'status',
        ].toSorted(),
      );
    },
  );

  it('keeps the rest of a sentence', async () => {
    const { url } = await startOddServer((_request, response) =>
      response
        .writeHead(400)
        .end(JSON.stringify({ message: `Token ${SECRETS.twilioAuthToken} of AC0123 is wrong` })),
    );
    expect((await createAt(url)).messages).toEqual(['Token ••• of AC0123 is wrong']);
  });

  it('names the route without the id of the object', async () => {
    const { url } = await startOddServer((_request, response) => response.writeHead(400).end('{}'));
    const failure = await failureOf(new VapiPhoneNumbers(vapiHttpFor(url)).get(FOREIGN_ID));
    expect(failure.operation).toBe('GET /phone-number/:id');
    expect(leaks(everythingIn(failure))).toEqual([]);
  });
});
