import type {
  AgentPage,
  ApiKeyResponse,
  AuditPage,
  CredentialPage,
  InvitationResponse,
  PhoneNumberPage,
  ProblemResponse,
} from '@voxreach/contracts';
import { bodyOf, OPERATOR, type Organization, useApi } from './support/api';
import { createAgent, importNumber, IMPORTS, randomId, saveCredential } from './support/builders';
import { claimsOf, signToken } from './support/access-token';
import type { Client, Reply } from './support/client';
import { footprintOf } from './support/footprint';
import { pathsOf, problemOf } from './support/problem';

const api = useApi();

/** Every route that wants no session. Another one has to be added here, by somebody who means it. */
const PUBLIC_ROUTES = [
  'POST /api/auth/register',
  'POST /api/auth/login',
  'POST /api/auth/refresh',
  'POST /api/auth/invitations/preview',
  'POST /api/auth/invitations/accept',
  'POST /api/webhooks/vapi',
  'GET /api/health/live',
  'GET /api/health/ready',
];

interface Route {
  method: string;
  path: string;
}

let routes: Route[];
let acme: Organization;
/** What another organisation has, by the folder of its routes. */
let foreign: Record<string, string>;
let globex: Organization;

beforeAll(async () => {
  const document = bodyOf(
    await api.anonymous.get<{ paths: Record<string, Record<string, unknown>> }>('/api/openapi.json'),
  );
  routes = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.keys(item).map((method) => ({ method: method.toUpperCase(), path })),
  );
  [acme, globex] = [await api.organization('Acme'), await api.organization('Globex')];
  const agent = await createAgent(globex, { name: 'Globex desk' });
  const credential = await saveCredential(globex, 'vonage', { name: 'Globex carrier' });
  const number = await importNumber(
    globex,
    IMPORTS.vonage({ credential: undefined, credentialId: credential.id, agentId: agent.id }),
  );
  const key = bodyOf(
    await globex.post<ApiKeyResponse>('/api/api-keys', { name: 'Globex key', scopes: ['numbers:read'] }),
  );
  const invitation = bodyOf(
    await globex.post<InvitationResponse>('/api/invitations', {
      email: 'guest@globex.example',
      role: 'member',
    }),
  );
  foreign = {
    agents: agent.id,
    credentials: credential.id,
    'phone-numbers': number.id,
    'api-keys': key.id,
    invitations: invitation.id,
    members: globex.session.user.id,
    'auth/sessions': String(claimsOf(globex.session.accessToken)['sid']),
  };
});

const nameOf = ({ method, path }: Route): string => `${method} ${path}`;

/** An id of the other organisation, of the kind that the route is about. */
function foreignIdFor(path: string): string {
  const folder = /^\/api\/([\w/-]+?)\/\{/.exec(path)?.[1] ?? '';
  const id = foreign[folder];
  if (id === undefined) throw new Error(`The test knows nothing of another organisation under ${path}`);
  return id;
}

const filled = (path: string, id: string): string => path.replace(/\{\w+\}/g, id);

/** A change that would be taken, if it were one's own. */
const changeOf = (path: string): object =>
  path.startsWith('/api/members/') ? { role: 'member' } : { name: 'Taken over' };

const ask = (client: Client, { method, path }: Route, id: string): Promise<Reply> =>
  client.request(method, filled(path, id), method === 'PATCH' ? { body: changeOf(path) } : {});

const withoutRequestId = (reply: Reply) => ({
  status: reply.status,
  body: { ...(reply.body as ProblemResponse), requestId: '' },
  headers: [...reply.headers.keys()].toSorted(),
});

test('The document names the routes of the contract', () => {
  expect(routes.map(nameOf)).toEqual(
    expect.arrayContaining([
      ...PUBLIC_ROUTES,
      'POST /api/auth/logout',
      'GET /api/auth/me',
      'GET /api/agents',
      'POST /api/agents',
      'PATCH /api/agents/{id}',
      'DELETE /api/agents/{id}',
      'GET /api/credentials',
      'POST /api/credentials',
      'DELETE /api/credentials/{id}',
      'GET /api/phone-numbers',
      'POST /api/phone-numbers',
      'GET /api/phone-numbers/{id}',
      'PATCH /api/phone-numbers/{id}',
      'DELETE /api/phone-numbers/{id}',
    ]),
  );
  expect(routes.filter(({ path }) => path.startsWith('/api/phone-numbers/vapi'))).toEqual([]);
});

test("Another organisation's things cannot be told from things that do not exist, on any route", async () => {
  const withIds = routes.filter(({ path }) => path.includes('{'));
  expect(withIds.length).toBeGreaterThanOrEqual(6);
  const before = await footprintOf(api, globex);
  for (const route of withIds) {
    const { result: theirs, calls } = await api.callsDuring(() => ask(acme, route, foreignIdFor(route.path)));
    const nothing = await ask(acme, route, randomId());
    expect({ route, status: theirs.status }).toEqual({ route, status: 404 });
    problemOf(theirs, 'NOT_FOUND');
    expect(withoutRequestId(theirs)).toEqual(withoutRequestId(nothing));
    expect({ route, calls }).toEqual({ route, calls: [] });
  }
  expect(await footprintOf(api, globex)).toEqual(before);
});

describe('Every route that is not public is closed', () => {
  const genuine = () => claimsOf(acme.session.accessToken);
  const now = () => Math.floor(Date.now() / 1_000);
  const expired = () => ({ ...genuine(), iat: now() - 1_000, exp: now() - 100 });
  const valid = () => ({ ...genuine(), iat: now(), exp: now() + 900 });

  const spoilt: [string, () => string | undefined][] = [
    ['no token', () => undefined],
    ['an expired token', () => signToken(expired(), OPERATOR.jwtSecret)],
    ['a token of another secret', () => signToken(valid(), 'another-secret-0123456789abcdef0123456789')],
    ['an unsigned token', () => signToken(valid(), '', { alg: 'none', typ: 'JWT' }).replace(/[^.]*$/, '')],
    ['another algorithm', () => signToken(valid(), OPERATOR.jwtSecret, { alg: 'HS512', typ: 'JWT' })],
    [
      'a token for another organisation under the old signature',
      () => {
        const [head, , signature] = acme.session.accessToken.split('.');
        const claims = Buffer.from(JSON.stringify({ ...genuine(), org: globex.id })).toString('base64url');
        return `${String(head)}.${claims}.${String(signature)}`;
      },
    ],
    ['no token at all, but something', () => 'nonsense'],
  ];

  test.each(spoilt)('to %s', async (_what, token) => {
    const text = token();
    const client = text === undefined ? api.anonymous : api.as(text);
    for (const route of routes) {
      if (PUBLIC_ROUTES.includes(nameOf(route))) continue;
      const id = route.path.includes('{') ? foreignIdFor(route.path) : '';
      const reply = await ask(client, route, id);
      expect({ route, status: reply.status }).toEqual({ route, status: 401 });
      problemOf(reply, 'UNAUTHENTICATED');
    }
  });

  test('while a token as the server signs it is accepted', async () => {
    expect((await api.as(signToken(valid(), OPERATOR.jwtSecret)).get('/api/auth/me')).status).toBe(200);
  });
});

describe("A body that names another organisation's things is refused, and nothing is made", () => {
  test('a credential', async () => {
    const before = await footprintOf(api, acme);
    const body = IMPORTS.vonage({ credential: undefined });
    const replies = [];
    for (const credentialId of [foreign['credentials'], randomId()]) {
      const { result, calls } = await api.callsDuring(() =>
        acme.post('/api/phone-numbers', { ...body, credentialId }),
      );
      expect(pathsOf(problemOf(result, 'NOT_FOUND'))).toEqual(['credentialId']);
      expect(calls).toEqual([]);
      replies.push(withoutRequestId(result));
    }
    expect(replies[0]).toEqual(replies[1]);
    expect(await footprintOf(api, acme)).toEqual(before);
  });

  test('an agent, of a new number', async () => {
    const before = await footprintOf(api, acme);
    const replies = [];
    for (const agentId of [foreign['agents'], randomId()]) {
      const { result, calls } = await api.callsDuring(() =>
        acme.post('/api/phone-numbers', IMPORTS.vonage({ agentId })),
      );
      expect(pathsOf(problemOf(result, 'NOT_FOUND'))).toEqual(['agentId']);
      expect(calls).toEqual([]);
      replies.push(withoutRequestId(result));
    }
    expect(replies[0]).toEqual(replies[1]);
    expect(await footprintOf(api, acme)).toEqual(before);
  });

  test('an agent, of a number that is there', async () => {
    const number = await importNumber(acme);
    const replies = [];
    for (const agentId of [foreign['agents'], randomId()]) {
      const { result, calls } = await api.callsDuring(() =>
        acme.patch(`/api/phone-numbers/${number.id}`, { name: 'Other', agentId }),
      );
      expect(pathsOf(problemOf(result, 'NOT_FOUND'))).toEqual(['agentId']);
      expect(calls).toEqual([]);
      replies.push(withoutRequestId(result));
    }
    expect(replies[0]).toEqual(replies[1]);
    expect((await acme.get(`/api/phone-numbers/${number.id}`)).body).toEqual(number);
  });

  test('an organisation, to go over to', async () => {
    const replies = [];
    for (const organizationId of [globex.id, randomId()])
      replies.push(await acme.post('/api/auth/switch', { organizationId }));
    for (const reply of replies) problemOf(reply, 'NOT_FOUND');
    const [theirs, nothing] = replies.map(withoutRequestId);
    expect(theirs).toEqual(nothing);
    expect((await acme.get('/api/auth/me')).body).toMatchObject({ organization: { id: acme.id } });
  });

  test("a Vapi id, even one of the operator's, is no id of ours", async () => {
    const { assistantId, credentialId } = api.sandbox.operatorIds;
    problemOf(await acme.post('/api/phone-numbers', IMPORTS.twilio({ agentId: assistantId })), 'NOT_FOUND');
    problemOf(
      await acme.post('/api/phone-numbers', IMPORTS.vonage({ credential: undefined, credentialId })),
      'NOT_FOUND',
    );
  });
});

test("Lists, filters and searches show an organisation's own things only", async () => {
  const number = await importNumber(acme, IMPORTS.twilio({ name: 'Acme only' }));
  const ids = Object.values(foreign);
  const lists = [
    await acme.get<PhoneNumberPage>('/api/phone-numbers?limit=100'),
    await acme.get<PhoneNumberPage>(`/api/phone-numbers?agentId=${String(foreign['agents'])}`),
    await acme.get<PhoneNumberPage>('/api/phone-numbers?search=globex'),
    await acme.get<AgentPage>('/api/agents?limit=100'),
    await acme.get<CredentialPage>('/api/credentials?limit=100'),
    await acme.get<AuditPage>(`/api/audit?actorId=${String(foreign['members'])}`),
    await acme.get('/api/api-keys'),
    await acme.get('/api/invitations'),
    await acme.get('/api/members'),
    await acme.get('/api/auth/sessions'),
  ];
  for (const reply of lists) for (const id of ids) expect(JSON.stringify(reply.body)).not.toContain(id);
  expect(JSON.stringify(lists[0]?.body)).toContain(number.id);
  for (const index of [1, 2, 5]) expect(lists[index]?.body).toMatchObject({ items: [] });
});

describe('Nothing is at /api/phone-numbers/vapi', () => {
  const paths = [
    '/api/phone-numbers/vapi',
    '/api/phone-numbers/vapi/',
    '/api/phone-numbers/VAPI',
    '/api/phone-numbers/vapi?limit=100',
    '/api/phone-numbers/vapi/import',
    '/api/phone-numbers/vapi/00000000-0000-4000-8000-000000000000',
    '/api/phone-numbers/vapi/a/b/c',
    '/api/phone-numbers/%76api',
  ];
  const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'];

  test.each(methods)('for %s, with and without a session', async (method) => {
    for (const path of paths)
      for (const client of [api.anonymous, acme, api.as('nonsense')]) {
        const body = ['POST', 'PUT', 'PATCH'].includes(method) ? { body: { name: 'x' } } : {};
        const { result, calls } = await api.callsDuring(() => client.request(method, path, body));
        expect({ method, path, status: result.status }).toEqual({ method, path, status: 404 });
        expect(calls).toEqual([]);
        if (method !== 'HEAD') problemOf(result, 'NOT_FOUND');
      }
  });
});

// Last, since it looks through the answers of all tests above.
test("What the operator keeps in Vapi's account has appeared in no answer", async () => {
  problemOf(
    await acme.post('/api/phone-numbers', IMPORTS.twilio({ number: api.sandbox.operatorNumber })),
    'PROVIDER_REJECTED',
  );
  expect(api.answers.length).toBeGreaterThan(100);
  const { phoneNumbers, credentials, assistants } = api.sandbox.snapshot();
  const operators = [
    api.sandbox.operatorNumber,
    ...Object.values(api.sandbox.operatorIds),
    ...phoneNumbers.map(({ id }) => id),
    ...assistants.map(({ id }) => id),
    ...credentials.map(({ id }) => id),
    ...phoneNumbers.slice(-1).map(({ orgId }) => orgId),
    'Operator hotline',
    'operator-',
    ...Object.values(OPERATOR),
  ];
  for (const answer of api.answers)
    for (const text of operators) {
      if (answer.includes(text)) throw new Error(`${text} appeared in ${answer}`);
    }
});
