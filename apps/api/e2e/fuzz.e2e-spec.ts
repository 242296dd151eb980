import { API_KEY_SCOPES } from '@voxreach/contracts';
import fc from 'fast-check';
import { signToken } from './support/access-token';
import { joinAs, makeApiKey } from './support/account';
import { bodyOf, OPERATOR, type Organization, useApi } from './support/api';
import { createAgent, importNumber, IMPORTS, randomId, saveCredential } from './support/builders';
import type { Client, Reply } from './support/client';
import { footprintOf } from './support/footprint';
import { problemOf } from './support/problem';

const api = useApi();

/** Another one finds other things; the one that failed is printed. */
const SEED = Number(process.env['FUZZ_SEED'] ?? 20_261_122);

/** How long to go on, in milliseconds. */
const DURATION_MS = 45_000;

/** Stands in every name that the other organisation has. */
const MARK = 'Zq9Globex';

interface Schema {
  $ref?: string;
  type?: string;
  format?: string;
  enum?: unknown[];
  properties?: Record<string, Schema>;
  items?: Schema;
  oneOf?: Schema[];
  anyOf?: Schema[];
  allOf?: Schema[];
}

interface Parameter {
  name: string;
  in: string;
  schema?: Schema;
}

interface Operation {
  method: string;
  path: string;
  parameters: Parameter[];
  body: Schema | undefined;
  /** Declared statuses. */
  statuses: number[];
}

interface Document {
  paths: Record<
    string,
    Record<
      string,
      {
        parameters?: Parameter[];
        requestBody?: { content: Record<string, { schema?: Schema }> };
        responses: Record<string, unknown>;
      }
    >
  >;
  components: { schemas: Record<string, Schema> };
}

let operations: Operation[];
let schemas: Record<string, Schema>;
let acme: Organization;
let globex: Organization;
let program: Client;
/** Ids of both organisations, by the last folder of the routes that they are for. */
let ids: Record<string, string[]>;
/** Of the other organisation, and in no request. */
let unspoken: string[];

beforeAll(async () => {
  const document = bodyOf(await api.anonymous.get<Document>('/api/openapi.json'));
  ({ schemas } = document.components);
  operations = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, { parameters = [], requestBody, responses }]) => ({
      method: method.toUpperCase(),
      path,
      parameters,
      body: requestBody?.content['application/json']?.schema,
      statuses: Object.keys(responses).map(Number).filter(Number.isInteger),
    })),
  );
  [acme, globex] = [await api.organization('Acme'), await api.organization(MARK)];
  ({ client: program } = await makeApiKey(api, acme, API_KEY_SCOPES));
  const [ours, theirs] = [await furnish(acme, 'Ours'), await furnish(globex, MARK)];
  const more = await furnish(globex, MARK);
  ids = Object.fromEntries(Object.keys(ours).map((kind) => [kind, [ours[kind] ?? '', theirs[kind] ?? '']]));
  unspoken = Object.values(more);
});

/** Something of every kind; ids by the folder of their routes. */
async function furnish(organization: Organization, name: string): Promise<Record<string, string>> {
  const agent = await createAgent(organization, { name: `${name} desk` });
  const credential = await saveCredential(organization, 'vonage', { name: `${name} carrier` });
  const number = await importNumber(
    organization,
    IMPORTS.twilio({ name: `${name} line`, agentId: agent.id }),
  );
  const { id: key } = await makeApiKey(api, organization, ['numbers:read']);
  const email = `${name}-${randomId()}@example.com`;
  const invitation = bodyOf(
    await organization.post<{ id: string }>('/api/invitations', { email, role: 'member' }),
  );
  const member = await joinAs(api, organization, 'member');
  return {
    agents: agent.id,
    credentials: credential.id,
    'phone-numbers': number.id,
    'api-keys': key,
    invitations: invitation.id,
    members: member.session.user.id,
  };
}

/** An owner's session of its own: what ends sessions, or the person's, must not end the test. */
async function freshOwner(): Promise<Client> {
  const userId = acme.session.user.id;
  const { rows } = await api.db.query<{ id: string }>(
    `INSERT INTO sessions (id, user_id, organization_id, expires_at)
     VALUES (gen_random_uuid(), $1, $2, now() + interval '1 day') RETURNING id`,
    [userId, acme.id],
  );
  const exp = Math.floor(Date.now() / 1_000) + 900;
  return api.as(signToken({ sub: userId, sid: rows[0]?.id, org: acme.id, exp }, OPERATOR.jwtSecret));
}

const chosen = (...texts: string[]): fc.Arbitrary<string> => fc.constantFrom(...texts);

const json = (value: unknown): string => JSON.stringify(value) ?? 'null';

/** Texts of the right type that are odd all the same, as JSON. */
const oddText: fc.Arbitrary<string> = fc.oneof(
  chosen('"\\ud800"', '"x\\udfff y"', '"a\\u0000b"'),
  chosen(
    '"\\u0000"',
    '"a\\u0000b"',
    '"\\ud800"',
    '"x\\udfff y"',
    '"\\u202e\\u200b"',
    '"\\ufffe\\uffff"',
    '"\\u0001"',
  ),
  chosen(
    `"' OR 1=1; --"`,
    '"${7*7}{{7*7}}"',
    '"=1+1"',
    '"../../etc/hosts"',
    '"<script>"',
    '"a@b.c"',
    '"%_\\\\"',
  ),
  fc.constantFrom(81, 300, 2_001).map((length) => json('x'.repeat(length))),
  fc.string({ unit: 'binary' }).map(json),
  fc.string({ unit: 'grapheme', maxLength: 200 }).map(json),
);

/** Times in ways that some readers of ISO 8601 take and others do not. */
const oddTime: fc.Arbitrary<string> = fc
  .oneof(
    chosen(
      '2026-W10-3',
      '2026-W10',
      '2026-045',
      '2026',
      '2026-11',
      '2026-02-03T04',
      '2026-02-03T04:05:06,5Z',
    ),
    chosen(
      '0000-01-01T00:00:00Z',
      '0001-01-01T00:00:00+23:59',
      '9999-12-31T23:59:59.999-23:59',
      '2027-01-01T24:00Z',
    ),
    chosen(
      '+275760-09-13T00:00:00.000Z',
      '-000001-01-01',
      '2026-02-30',
      '2026-11-01T23:59:60Z',
      '2026-11-01 04:05',
    ),
  )
  .map(json);

/** JSON that hardly anybody expects, as text: objects in memory could not hold all of it. */
const oddJson: fc.Arbitrary<string> = fc.oneof(
  chosen('null', 'true', 'false', '""', '" "', '[]', '{}', '[[]]', '[null]', '{"a":{"b":[1]}}'),
  chosen(
    '0',
    '-0',
    '-1',
    '0.1',
    '1e308',
    '1e999',
    '-1e-999',
    '2147483648',
    '9007199254740993',
    '1'.repeat(400),
  ),
  chosen(
    '{"__proto__":{"role":"owner"}}',
    '{"constructor":{"prototype":{"x":1}}}',
    '{"toString":1,"length":-1}',
  ),
  chosen(
    '"\\u0000"',
    '"a\\u0000b"',
    '"\\ud800"',
    '"x\\udfff"',
    '"\\u202e\\u200b"',
    '"\\ufffe\\uffff"',
    '"%00"',
  ),
  chosen(
    '"2026-W10-3"',
    '"2026-045"',
    '"0000-01-01T00:00:00Z"',
    '"+275760-09-13T00:00:00Z"',
    '"9999-12-31T23:59:59.999-23:59"',
  ),
  chosen(
    `"' OR 1=1; --"`,
    '"${7*7}{{7*7}}"',
    '"=1+1"',
    '"../../etc/hosts"',
    '"<script>"',
    '"a@b.c"',
    '"%_\\\\"',
  ),
  fc.constantFrom(81, 300, 2_001, 20_001, 70_000).map((length) => json('x'.repeat(length))),
  fc.constantFrom(5, 33, 200, 5_000).map((depth) => '['.repeat(depth) + ']'.repeat(depth)),
  fc.constantFrom(40, 500).map((depth) => '{"a":'.repeat(depth) + '1' + '}'.repeat(depth)),
  fc.constantFrom(100, 5_000).map((length) => json(Array<number>(length).fill(1))),
  fc.string({ unit: 'binary' }).map(json),
  fc.double().map(json),
  fc.bigInt().map(String),
  fc.uuid().map(json),
  fc.json(),
);

/** What the schema asks for, more or less. */
function fitting(schema: Schema, depth = 0): fc.Arbitrary<string> {
  const alternatives = schema.oneOf ?? schema.anyOf ?? schema.allOf;
  if (depth > 5) return oddJson;
  if (schema.$ref !== undefined)
    return fitting(schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {}, depth + 1);
  if (alternatives !== undefined) return fc.oneof(...alternatives.map((each) => fitting(each, depth + 1)));
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum.map(json));
  if (schema.properties !== undefined) return objectOf(schema.properties, depth + 1);
  if (schema.type === 'array') {
    return fc
      .array(mostly(fitting(schema.items ?? {}, depth + 1)), { maxLength: 3 })
      .map((items) => `[${items.join(',')}]`);
  }
  if (schema.type === 'boolean') return chosen('true', 'false');
  if (schema.type === 'integer' || schema.type === 'number')
    return fc.integer({ min: -1, max: 101 }).map(String);
  if (schema.format === 'uuid') return anyId().map(json);
  if (schema.format === 'date-time')
    return fc.oneof(
      oddTime,
      fc.date({ noInvalidDate: true }).map((date) => json(date.toISOString())),
    );
  if (schema.format === 'email') return fc.emailAddress().map(json);
  return fc.oneof(
    oddText,
    fc.string({ maxLength: 40 }).map(json),
    chosen(
      '"+12025550123"',
      '"sip:desk@pbx.example.com"',
      '"a long enough password"',
      '"ip.example"',
      '"123456"',
    ),
  );
}

/** Rarely what is asked for is spoilt. */
const mostly = (usual: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.oneof({ weight: 5, arbitrary: usual }, { weight: 1, arbitrary: oddJson });

const oddKey = chosen(
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '',
  'id',
  'organizationId',
  'role',
  'a.b',
  '0',
  '\u0000',
);

function objectOf(properties: Record<string, Schema>, depth: number): fc.Arbitrary<string> {
  const known = Object.entries(properties).map(([key, schema]) =>
    fc.tuple(
      fc.constant(key),
      mostly(fitting(schema, depth)),
      // Left out now and then.
      fc.integer({ min: 0, max: 6 }),
    ),
  );
  const unknown = fc.array(fc.tuple(oddKey, oddJson), { maxLength: 1 });
  return fc
    .tuple(
      fc.tuple(...known),
      fc.oneof({ weight: 4, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: unknown }),
    )
    .map(([fields, extra]) => {
      const pairs = [...fields.filter(([, , drawn]) => drawn > 0), ...extra];
      return `{${pairs.map(([key, value]) => `${json(key)}:${value}`).join(',')}}`;
    });
}

const anyId = (): fc.Arbitrary<string> =>
  fc.oneof(fc.constantFrom(...Object.values(ids).flat()), fc.uuid(), fc.constant(randomIdOnce));
const randomIdOnce = randomId();

const pathOf = ({ path }: Operation): fc.Arbitrary<string> => {
  if (!path.includes('{')) return fc.constant(path);
  const kind = Object.keys(ids).find((each) => path.includes(`/${each}/`)) ?? 'members';
  const id = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...(ids[kind] ?? [])) },
    { weight: 2, arbitrary: anyId() },
    { weight: 1, arbitrary: anyId().map((text) => text.toUpperCase()) },
    { weight: 1, arbitrary: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }) },
    { weight: 1, arbitrary: chosen('__proto__', '%', '..', 'null', 'x'.repeat(300), "'", '\u0000') },
  );
  return id.map((text) => path.replace('{id}', encodeURIComponent(text.isWellFormed() ? text : 'x')));
};

const textOf = (schema: Schema | undefined): fc.Arbitrary<string> =>
  mostly(fitting(schema ?? {})).map((text) => {
    const value: unknown = JSON.parse(text);
    return typeof value === 'string' && value.isWellFormed() ? value : text.isWellFormed() ? text : 'x';
  });

const queryOf = ({ parameters, method }: Operation): fc.Arbitrary<string> => {
  const known = parameters.filter((parameter) => parameter.in === 'query');
  const of = ({ name, schema }: Parameter) => fc.tuple(fc.constant(name), textOf(schema));
  const odd = fc.tuple(
    chosen('__proto__', 'constructor', 'limit.0', 'limit', 'cursor', 'a.b', '', 'toString', 'sort'),
    textOf(undefined),
  );
  const pairs = fc.array(fc.oneof(...(known.length > 0 ? [...known.map(of), odd] : [odd])), {
    maxLength: method === 'GET' ? 4 : 1,
  });
  return fc
    .tuple(pairs, fc.integer({ min: 0, max: 3 }))
    .map(([all, drawn]) =>
      all.length === 0 || (drawn === 0 && known.length === 0)
        ? ''
        : `?${all.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value.slice(0, 900))}`).join('&')}`,
    );
};

/** Header values are single bytes without control characters. */
const headerText = fc.oneof(
  fc.string({ maxLength: 300 }).map((text) => text.replace(/[^\x20-\x7e\xa0-\xff]/g, '')),
  chosen('*', '"1"', 'W/"1"', '"', '""', '"1", "2"', 'null', '__proto__', 'x'.repeat(256), '\xe9\xff', '0'),
);

/** Once in so many times. */
const onceIn = <T>(times: number, value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight: times - 1, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value });

const authorizations = chosen(
  '',
  'Bearer',
  'Bearer ',
  'bearer  x',
  'Basic YTpi',
  'Bearer null',
  'Bearer a.b.c',
  'Bearer vrx_',
  'Bearer vrx_\xe9',
  `Bearer ${'.'.repeat(5_000)}`,
  'Digest username="x"',
);

const contentTypes = chosen(
  'application/json; charset=utf-16',
  'text/plain',
  'application/json;',
  'x',
  'multipart/form-data',
);

const headersOf = (): fc.Arbitrary<Record<string, string>> =>
  fc
    .record({
      'idempotency-key': onceIn(3, headerText),
      'if-match': onceIn(6, headerText),
      cookie: onceIn(
        6,
        headerText.map((text) => `voxreach_refresh=${text}`),
      ),
      'x-forwarded-for': onceIn(6, headerText),
      'user-agent': onceIn(6, headerText),
      'x-vapi-secret': onceIn(2, chosen(OPERATOR.webhookSecret, OPERATOR.webhookSecret, 'wrong')),
      authorization: onceIn(20, authorizations),
      'content-type': onceIn(30, contentTypes),
      origin: onceIn(30, chosen('null', 'https://evil.example', 'http://')),
    })
    .map((headers) =>
      Object.fromEntries(
        Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
      ),
    );

/** One request for one operation. */
const requestFor = (operation: Operation) =>
  fc.record({
    operation: fc.constant(operation),
    asProgram: fc.boolean(),
    path: pathOf(operation),
    query: queryOf(operation),
    headers: headersOf(),
    raw:
      operation.method === 'GET' || operation.method === 'DELETE'
        ? onceIn(10, oddJson)
        : fc.oneof(
            { weight: 12, arbitrary: fitting(operation.body ?? {}) },
            { weight: 2, arbitrary: oddJson },
            { weight: 1, arbitrary: chosen('', '{', '{"a":1,}', 'nonsense', '{"a":1}{"b":2}', '\ufeff{}') },
            ...(operation.path === '/api/phone-numbers'
              ? [
                  {
                    weight: 4,
                    arbitrary: fc.constantFrom(...Object.values(IMPORTS)).map((body) => json(body())),
                  },
                ]
              : []),
          ),
  });

type Request = ReturnType<typeof requestFor> extends fc.Arbitrary<infer R> ? R : never;

const INTERNALS =
  /\bat \S+ \(|node_modules|apps\/api|\.[cm]?[jt]s:\d+|prisma|PostgreSQL|pg_|violates|syntax error|undefined|\[object/i;

async function send({ operation, asProgram, path, query, headers, raw }: Request): Promise<Reply> {
  const client = asProgram ? program : await freshOwner();
  const { method } = operation;
  // A GET has no body in fetch.
  const body = raw === undefined || method === 'GET' ? {} : { raw };
  return client.request(method, path + query, { headers, ...body });
}

function check({ operation }: Request, reply: Reply): void {
  const text = typeof reply.body === 'string' ? reply.body : json(reply.body);
  expect(reply.status).toBeLessThan(500);
  expect(text).not.toContain(MARK);
  for (const id of unspoken) expect(text).not.toContain(id);
  if (reply.status < 300) {
    expect(operation.statuses).toContain(reply.status);
    return;
  }
  const problem = reply.body as { code?: never };
  problemOf(reply, problem.code ?? ('INTERNAL' as never));
  expect(text).not.toMatch(INTERNALS);
}

test('Whatever is sent to whichever route, nothing breaks, and nobody learns what is not theirs', async () => {
  const { rows: before } = await footprintOf(api, globex);
  // Most often where there is something to get wrong.
  const requests = fc.oneof(
    ...operations.map((operation) => ({
      weight: operation.body !== undefined || operation.parameters.length > 1 ? 5 : 1,
      arbitrary: requestFor(operation),
    })),
  );
  await fc.assert(
    fc.asyncProperty(requests, async (request) => {
      const reply = await send(request);
      check(request, reply);
    }),
    {
      seed: SEED,
      numRuns: 100_000,
      interruptAfterTimeLimit: DURATION_MS,
      markInterruptAsFailure: false,
      // Requests change what is there, so smaller ones would tell of something else.
      endOnFailure: true,
      verbose: 1,
    },
  );
  expect((await footprintOf(api, globex)).rows).toEqual(before);
  expect(api.logs).not.toContain('Unexpected failure');
  expect((await globex.get('/api/auth/me')).status).toBe(200);
}, 120_000);
