import {
  API_KEY_SCOPES,
  type ApiKeyScope,
  AUDIT_ACTION_IDS,
  isAllowed,
  type Permission,
  type Role,
  ROLES,
} from '@voxreach/contracts';
import { claimsOf, signToken } from './support/access-token';
import { joinAs, letProofGrowOld, makeApiKey, setUpSecondFactor, signInAgain } from './support/account';
import { bodyOf, OPERATOR, type Organization, useApi } from './support/api';
import { randomId } from './support/builders';
import type { Client, Reply } from './support/client';
import { problemOf } from './support/problem';

const api = useApi();

type Access = 'public' | 'signed-in' | Permission;

/** Who may use each route. A new route has to be added here, by somebody who means it. */
const ACCESS: Record<string, Access> = {
  'GET /api/health/live': 'public',
  'GET /api/health/ready': 'public',
  'POST /api/webhooks/vapi': 'public',
  'POST /api/auth/register': 'public',
  'POST /api/auth/login': 'public',
  'POST /api/auth/refresh': 'public',
  'POST /api/auth/invitations/preview': 'public',
  'POST /api/auth/invitations/accept': 'public',
  'POST /api/auth/logout': 'signed-in',
  'POST /api/auth/switch': 'signed-in',
  'POST /api/auth/step-up': 'signed-in',
  'GET /api/auth/me': 'signed-in',
  'PATCH /api/auth/profile': 'signed-in',
  'POST /api/auth/password': 'signed-in',
  'GET /api/auth/account': 'signed-in',
  'POST /api/auth/account/removal': 'signed-in',
  'GET /api/auth/sessions': 'signed-in',
  'DELETE /api/auth/sessions': 'signed-in',
  'DELETE /api/auth/sessions/{id}': 'signed-in',
  'GET /api/auth/security-notices': 'signed-in',
  'POST /api/auth/security-notices/seen': 'signed-in',
  'POST /api/auth/second-factor': 'signed-in',
  'DELETE /api/auth/second-factor': 'signed-in',
  'POST /api/auth/second-factor/confirm': 'signed-in',
  'POST /api/auth/second-factor/recovery-codes': 'signed-in',
  'GET /api/organization': 'members:read',
  'PATCH /api/organization': 'organization:write',
  'PATCH /api/organization/security': 'security:write',
  'GET /api/members': 'members:read',
  'PATCH /api/members/{id}': 'members:write',
  // Everybody may leave; whom else one may remove depends on both roles.
  'DELETE /api/members/{id}': 'signed-in',
  'GET /api/invitations': 'members:write',
  'POST /api/invitations': 'members:write',
  'DELETE /api/invitations/{id}': 'members:write',
  'GET /api/api-keys': 'api-keys:read',
  'POST /api/api-keys': 'api-keys:write',
  'DELETE /api/api-keys/{id}': 'api-keys:write',
  'GET /api/audit': 'audit:read',
  'GET /api/audit/export': 'audit:read',
  'GET /api/events': 'numbers:read',
  'GET /api/agents': 'agents:read',
  'POST /api/agents': 'agents:write',
  'GET /api/agents/{id}': 'agents:read',
  'PATCH /api/agents/{id}': 'agents:write',
  'DELETE /api/agents/{id}': 'agents:write',
  'POST /api/agents/{id}/retry': 'agents:write',
  'GET /api/credentials': 'credentials:read',
  'POST /api/credentials': 'credentials:write',
  'DELETE /api/credentials/{id}': 'credentials:write',
  'POST /api/credentials/{id}/retry': 'credentials:write',
  'GET /api/phone-numbers': 'numbers:read',
  'POST /api/phone-numbers': 'numbers:write',
  'GET /api/phone-numbers/export': 'numbers:read',
  'GET /api/phone-numbers/{id}': 'numbers:read',
  'GET /api/phone-numbers/{id}/history': 'audit:read',
  'PATCH /api/phone-numbers/{id}': 'numbers:write',
  'DELETE /api/phone-numbers/{id}': 'numbers:write',
  'POST /api/phone-numbers/{id}/retry': 'numbers:write',
};

/** Where people prove once more who they are. */
const STEP_UP = [
  'POST /api/auth/account/removal',
  'POST /api/auth/second-factor',
  'DELETE /api/auth/second-factor',
  'POST /api/auth/second-factor/recovery-codes',
  'PATCH /api/organization/security',
  'PATCH /api/members/{id}',
  'POST /api/invitations',
  'POST /api/api-keys',
  'DELETE /api/credentials/{id}',
];

/** What each role may, and each API key with one scope: kept apart from the table that the server reads, so that neither changes alone. */
const ROLE_MAY: Record<Role, Permission[]> = {
  owner: [
    'numbers:read',
    'numbers:write',
    'agents:read',
    'agents:write',
    'credentials:read',
    'credentials:write',
    'audit:read',
    'members:read',
    'members:write',
    'owners:write',
    'api-keys:read',
    'api-keys:write',
    'organization:write',
    'security:write',
  ],
  admin: [
    'numbers:read',
    'numbers:write',
    'agents:read',
    'agents:write',
    'credentials:read',
    'credentials:write',
    'audit:read',
    'members:read',
    'members:write',
    'api-keys:read',
    'api-keys:write',
    'organization:write',
  ],
  member: [
    'numbers:read',
    'numbers:write',
    'agents:read',
    'agents:write',
    'credentials:read',
    'members:read',
  ],
  viewer: ['numbers:read', 'agents:read', 'credentials:read', 'members:read'],
};

interface Operation {
  'x-access'?: string;
  'x-step-up'?: boolean;
  'x-audit-action'?: string;
}

/** What the running server says of its routes. */
let documented: Record<string, Operation>;
let owner: Organization;

beforeAll(async () => {
  const { paths } = bodyOf(
    await api.anonymous.get<{ paths: Record<string, Record<string, Operation>> }>('/api/openapi.json'),
  );
  documented = Object.fromEntries(
    Object.entries(paths).flatMap(([path, item]) =>
      Object.entries(item).map(([method, operation]) => [`${method.toUpperCase()} ${path}`, operation]),
    ),
  );
  owner = await api.organization('Acme');
});

/** They are asked last, each in a session of its own. */
const endsSessions = (route: string): boolean => /logout|DELETE .*sessions/.test(route);

const closedRoutes = Object.keys(ACCESS)
  .filter((route) => ACCESS[route] !== 'public')
  .toSorted((a, b) => Number(endsSessions(a)) - Number(endsSessions(b)));
const changingRoutes = closedRoutes.filter((route) => !route.startsWith('GET '));

/** Asks for something that is not there, or with a body that is not enough: who is let in changes nothing. */
function ask(client: Client, route: string): Promise<Reply> {
  const [method = '', path = ''] = route.split(' ');
  const body = ['POST', 'PATCH'].includes(method) ? { body: {} } : {};
  return client.request(method, path.replace('{id}', randomId()), body);
}

/** For what ends sessions, one of its own. */
const sessionFor = (person: Organization, route: string): Promise<Organization> =>
  endsSessions(route) ? signInAgain(api, person) : Promise.resolve(person);

function expectRefused(
  route: string,
  reply: Reply,
  code: 'UNAUTHENTICATED' | 'FORBIDDEN' | 'STEP_UP_REQUIRED' | 'SECOND_FACTOR_SETUP_REQUIRED',
) {
  expect({ route, status: reply.status, body: reply.body }).toEqual({
    route,
    status: code === 'UNAUTHENTICATED' ? 401 : 403,
    body: expect.objectContaining({ code }),
  });
  problemOf(reply, code);
}

/** What exactly comes of the request is for other tests; it has passed the door, and nothing has failed behind it. */
function expectLetThrough(route: string, reply: Reply) {
  const { status } = reply;
  expect({ route, status, isLetThrough: ![401, 403].includes(status) && status < 500 }).toEqual({
    route,
    status,
    isLetThrough: true,
  });
}

/** What the audit trail tells of this request. */
async function entriesOf(reply: Reply) {
  const { rows } = await api.db.query<Record<'action' | 'outcome' | 'actorType' | 'actorId', string>>(
    `SELECT action, outcome::text AS outcome, actor_type AS "actorType", actor_id AS "actorId"
     FROM audit_entries WHERE request_id = $1`,
    [reply.headers.get('x-request-id')],
  );
  return rows;
}

describe('The table of routes', () => {
  test('has every route of the server, each with the access that it has there', () => {
    const access = Object.entries(documented).map(([route, operation]) => [route, operation['x-access']]);
    expect(Object.fromEntries(access)).toEqual(ACCESS);
  });

  test('knows where people prove once more who they are', () => {
    const asking = Object.keys(documented).filter((route) => documented[route]?.['x-step-up']);
    expect(asking.toSorted()).toEqual(STEP_UP.toSorted());
  });

  test.each(changingRoutes)('(%s) says how the audit trail calls it', (route) => {
    expect(AUDIT_ACTION_IDS).toContain(documented[route]?.['x-audit-action']);
  });

  test.each(ROLES)('has what the permission table lets a role do: %s', (role) => {
    const permissions = ROLE_MAY.owner.filter((permission) => isAllowed(role, permission));
    expect(permissions).toEqual(ROLE_MAY[role]);
  });
});

describe('No route that is not public lets in', () => {
  const now = () => Math.floor(Date.now() / 1_000);
  const valid = () => ({ ...claimsOf(owner.session.accessToken), iat: now(), exp: now() + 900 });
  const nobodys: [string, () => string | undefined | Promise<string | undefined>][] = [
    ['a request without a token', () => undefined],
    ['a token that is none', () => 'nonsense'],
    [
      'a token with a letter changed',
      () => owner.session.accessToken.replace(/.$/, (last) => (last === 'A' ? 'Q' : 'A')),
    ],
    ['a token of another secret', () => signToken(valid(), 'another-secret-0123456789abcdef0123456789')],
    ['a token that is over', () => signToken({ ...valid(), exp: now() - 1 }, OPERATOR.jwtSecret)],
    ['a token without a session', () => signToken({ ...valid(), sid: undefined }, OPERATOR.jwtSecret)],
    ['a token of an unknown session', () => signToken({ ...valid(), sid: randomId() }, OPERATOR.jwtSecret)],
    [
      "a token with somebody else's session",
      () => signToken({ ...valid(), sub: randomId() }, OPERATOR.jwtSecret),
    ],
    [
      'a token for an organisation that the person does not belong to',
      async () => signToken({ ...valid(), org: (await api.organization('Globex')).id }, OPERATOR.jwtSecret),
    ],
    [
      'a token of a session that was ended',
      async () => {
        const session = await signInAgain(api, owner);
        expect((await session.post('/api/auth/logout')).status).toBe(204);
        return session.token;
      },
    ],
    [
      'a member who was removed',
      async () => {
        const member = await joinAs(api, owner, 'admin');
        expect((await owner.delete(`/api/members/${member.session.user.id}`)).status).toBe(204);
        return member.token;
      },
    ],
    ['an API key that nobody made', () => `vrx_${'A'.repeat(43)}`],
    [
      'an API key that was revoked',
      async () => {
        const { id, client } = await makeApiKey(api, owner, API_KEY_SCOPES);
        expect((await client.get('/api/agents')).status).toBe(200);
        expect((await owner.delete(`/api/api-keys/${id}`)).status).toBe(204);
        return client.token;
      },
    ],
    [
      'an API key that has expired',
      async () => {
        const { id, client } = await makeApiKey(api, owner, API_KEY_SCOPES);
        await api.db.query(`UPDATE api_keys SET expires_at = now() - interval '1 second' WHERE id = $1`, [
          id,
        ]);
        return client.token;
      },
    ],
  ];

  test.each(nobodys)('%s', async (_whose, tokenOf) => {
    const token = await tokenOf();
    const client = token === undefined ? api.anonymous : api.as(token);
    for (const route of closedRoutes) {
      expectRefused(route, await ask(client, route), 'UNAUTHENTICATED');
      if (!route.startsWith('GET ')) continue;
      expect((await client.request('HEAD', route.slice(4).replace('{id}', randomId()))).status).toBe(401);
    }
  });
});

describe.each(ROLES)('A person with the role %s', (role) => {
  let person: Organization;
  beforeAll(async () => {
    person = await joinAs(api, owner, role);
  });

  const may = (route: string): boolean => {
    const access = ACCESS[route];
    return access === 'signed-in' || ROLE_MAY[role].some((permission) => permission === access);
  };

  test('is let in where the role allows it, and refused elsewhere, which the audit trail tells once', async () => {
    for (const route of closedRoutes) {
      const reply = await ask(await sessionFor(person, route), route);
      if (may(route)) expectLetThrough(route, reply);
      else {
        expectRefused(route, reply, 'FORBIDDEN');
        expect({ route, entries: await entriesOf(reply) }).toEqual({
          route,
          entries: [
            {
              action: documented[route]?.['x-audit-action'] ?? 'request.refuse',
              outcome: 'refused',
              actorType: 'user',
              actorId: person.session.user.id,
            },
          ],
        });
      }
    }
  });

  test('proves once more who they are where that is asked for, unless the role refuses it anyway', async () => {
    const late = await signInAgain(api, person);
    await letProofGrowOld(api.db, late);
    for (const route of STEP_UP) {
      const reply = await ask(late, route);
      expectRefused(route, reply, may(route) ? 'STEP_UP_REQUIRED' : 'FORBIDDEN');
      expect(await entriesOf(reply)).toHaveLength(1);
    }
    for (const route of closedRoutes) {
      if (STEP_UP.includes(route) || !may(route) || endsSessions(route)) continue;
      expectLetThrough(route, await ask(late, route));
    }
    const { password } = person.login;
    expect((await late.post('/api/auth/step-up', { password })).status).toBe(200);
    for (const route of STEP_UP.filter(may)) expectLetThrough(route, await ask(late, route));
  });
});

describe('While an organisation requires a second factor', () => {
  let strict: Organization;
  beforeAll(async () => {
    strict = await api.organization('Strict');
    await setUpSecondFactor(strict);
  });
  const require = async (requiresSecondFactor: boolean) =>
    expect((await strict.patch('/api/organization/security', { requiresSecondFactor })).status).toBe(200);

  test('a person without one reaches their own account, and nothing of the organisation', async () => {
    const person = await joinAs(api, strict, 'owner');
    await require(true);
    for (const route of closedRoutes) {
      const reply = await ask(await sessionFor(person, route), route);
      if (/ \/api\/auth\//.test(route)) expectLetThrough(route, reply);
      else {
        expectRefused(route, reply, 'SECOND_FACTOR_SETUP_REQUIRED');
        expect({ route, entries: await entriesOf(reply) }).toEqual({
          route,
          entries: [
            {
              action: documented[route]?.['x-audit-action'] ?? 'request.refuse',
              outcome: 'refused',
              actorType: 'user',
              actorId: person.session.user.id,
            },
          ],
        });
      }
    }
    await require(false);
  });

  test('a person who has one, and an API key, are let in as before', async () => {
    const { client } = await makeApiKey(api, strict, API_KEY_SCOPES);
    await require(true);
    for (const route of closedRoutes.filter(
      (each) => !endsSessions(each) && !each.includes('second-factor'),
    )) {
      expectLetThrough(route, await ask(strict, route));
      const isForKeys = API_KEY_SCOPES.some((scope) => scope === ACCESS[route]);
      if (isForKeys) expectLetThrough(route, await ask(client, route));
    }
    await require(false);
  });
});

describe.each(API_KEY_SCOPES)('An API key with the scope %s', (scope: ApiKeyScope) => {
  test('is let in there, and refused elsewhere, which the audit trail tells once', async () => {
    const { id, client } = await makeApiKey(api, owner, [scope]);
    for (const route of closedRoutes) {
      const reply = await ask(client, route);
      if (ACCESS[route] === scope) expectLetThrough(route, reply);
      else {
        expectRefused(route, reply, 'FORBIDDEN');
        const action = documented[route]?.['x-audit-action'] ?? 'request.refuse';
        expect({ route, entries: await entriesOf(reply) }).toEqual({
          route,
          entries: [{ action, outcome: 'refused', actorType: 'api_key', actorId: id }],
        });
      }
    }
  });
});

test('No API key can have a scope that is for people', async () => {
  const forPeople = ROLE_MAY.owner.filter(
    (permission) => !API_KEY_SCOPES.some((scope) => scope === permission),
  );
  expect(forPeople).toEqual([
    'members:write',
    'owners:write',
    'api-keys:read',
    'api-keys:write',
    'organization:write',
    'security:write',
  ]);
  for (const scope of forPeople)
    problemOf(await owner.post('/api/api-keys', { name: 'x', scopes: [scope] }), 'VALIDATION_FAILED');
});
