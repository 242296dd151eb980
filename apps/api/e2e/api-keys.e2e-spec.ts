import {
  type AgentResponse,
  API_KEY_SCOPES,
  type ApiKeyList,
  type ApiKeyScope,
  type NewApiKeyResponse,
  type PhoneNumberPage,
  type PhoneNumberResponse,
} from '@voxreach/contracts';
import { Api, bodyOf, type Organization, useApi } from './support/api';
import { createAgent, importNumber, IMPORTS, randomId, saveCredential } from './support/builders';
import { join } from './support/people';
import { pathsOf, problemOf } from './support/problem';

const api = useApi();

/** A new key, and its bearer. */
async function createKey(
  person: Organization,
  scopes: readonly ApiKeyScope[] = API_KEY_SCOPES,
  fields: object = {},
) {
  const body = { name: 'Nightly import', scopes, ...fields };
  const made = bodyOf(await person.post<NewApiKeyResponse>('/api/api-keys', body));
  return { made, script: api.as(made.key) };
}

const keysOf = async (person: Organization) => bodyOf(await person.get<ApiKeyList>('/api/api-keys')).items;

describe('An API key', () => {
  test('is shown once, and afterwards only how it begins', async () => {
    const acme = await api.organization();
    const { made } = await createKey(acme, ['numbers:read', 'agents:read']);
    const { key, ...listed } = made;
    expect(made).toEqual({
      id: expect.any(String),
      name: 'Nightly import',
      prefix: key.slice(0, 10),
      scopes: ['numbers:read', 'agents:read'],
      createdBy: 'Olga Owner',
      createdAt: expect.any(String),
      expiresAt: null,
      lastUsedAt: null,
      key: expect.stringMatching(/^vrx_[\w-]{43}$/),
    });
    expect(await keysOf(acme)).toEqual([listed]);
  });

  test('is kept as a hash', async () => {
    const { made } = await createKey(await api.organization());
    const { rows } = await api.db.query<{ row: string }>('SELECT k::text AS row FROM api_keys k');
    const everything = rows.map(({ row }) => row).join('\n');
    expect(everything).toContain(made.prefix);
    const rest = made.key.slice(made.prefix.length);
    for (const secret of [rest, Buffer.from(made.key).toString('hex')])
      expect(everything).not.toContain(secret);
  });

  test('may do what its scopes say, and nothing else', async () => {
    const acme = await api.organization();
    const { script } = await createKey(acme, ['agents:read']);
    expect((await script.get('/api/agents')).status).toBe(200);
    const problem = problemOf(await script.post('/api/agents', { name: 'X' }), 'FORBIDDEN');
    expect(problem.detail).toContain('agents:write');
    for (const path of ['/api/phone-numbers', '/api/credentials', '/api/audit', '/api/members'])
      problemOf(await script.get(path), 'FORBIDDEN');
  });

  test('keeps its rights whatever becomes of who made it', async () => {
    const acme = await api.organization();
    const admin = await join(api, acme, 'admin');
    const { script, made } = await createKey(admin);
    expect((await acme.delete(`/api/members/${admin.session.user.id}`)).status).toBe(204);
    expect((await script.get('/api/agents')).status).toBe(200);
    expect(await keysOf(acme)).toEqual([expect.objectContaining({ id: made.id })]);
  });

  test('works in its own organisation alone', async () => {
    const [acme, globex] = [await api.organization(), await api.organization()];
    const agent = await createAgent(globex);
    const { script, made } = await createKey(acme);
    expect((await script.get<{ items: AgentResponse[] }>('/api/agents')).body.items).toEqual([]);
    problemOf(await script.get(`/api/agents/${agent.id}`), 'NOT_FOUND');
    problemOf(await globex.delete(`/api/api-keys/${made.id}`), 'NOT_FOUND');
    expect(await keysOf(globex)).toEqual([]);
    expect((await script.get('/api/agents')).status).toBe(200);
  });

  test('says when it was last used, to the minute', async () => {
    const acme = await api.organization();
    const { script } = await createKey(acme);
    const before = Date.now();
    await script.get('/api/agents');
    const lastUsedAt = async () => (await keysOf(acme))[0]?.lastUsedAt ?? '';
    const first = await lastUsedAt();
    expect(Math.abs(Date.parse(first) - before)).toBeLessThan(30_000);
    await script.get('/api/agents');
    expect(await lastUsedAt()).toBe(first);
    await api.db.query(`UPDATE api_keys SET last_used_at = now() - interval '61 seconds'`);
    await script.get('/api/agents');
    expect(Date.parse(await lastUsedAt())).toBeGreaterThanOrEqual(Date.parse(first));
  });

  test('is worth nothing at once when it is revoked', async () => {
    const acme = await api.organization();
    const { made, script } = await createKey(acme);
    expect((await script.get('/api/agents')).status).toBe(200);
    expect((await acme.delete(`/api/api-keys/${made.id}`)).status).toBe(204);
    problemOf(await script.get('/api/agents'), 'UNAUTHENTICATED');
    expect(await keysOf(acme)).toEqual([]);
    problemOf(await acme.delete(`/api/api-keys/${made.id}`), 'NOT_FOUND');
  });

  test('works until it expires', async () => {
    const acme = await api.organization();
    const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
    const { made, script } = await createKey(acme, API_KEY_SCOPES, { expiresAt });
    expect(made.expiresAt).toBe(expiresAt);
    expect((await script.get('/api/agents')).status).toBe(200);
    await api.db.query(`UPDATE api_keys SET expires_at = now() WHERE id = $1`, [made.id]);
    problemOf(await script.get('/api/agents'), 'UNAUTHENTICATED');
    // It is still listed, so that somebody can see why a program stopped.
    expect(await keysOf(acme)).toEqual([expect.objectContaining({ id: made.id })]);
  });

  test.each<[object, string]>([
    [{ expiresAt: '2020-01-01T00:00:00Z' }, 'expiresAt'],
    [{ expiresAt: new Date().toISOString() }, 'expiresAt'],
    [{ expiresAt: 'tomorrow' }, 'expiresAt'],
    [{ expiresAt: '2030-02-30T00:00:00Z' }, 'expiresAt'],
    [{ expiresAt: 2_000_000_000 }, 'expiresAt'],
    [{ scopes: [] }, 'scopes'],
    [{ scopes: ['everything'] }, 'scopes'],
    [{ scopes: ['members:write'] }, 'scopes'],
    [{ scopes: ['api-keys:write'] }, 'scopes'],
    [{ scopes: ['agents:read', 'agents:read'] }, 'scopes'],
    [{ scopes: 'agents:read' }, 'scopes'],
    [{ name: ' ' }, 'name'],
    [{ name: 'x'.repeat(81) }, 'name'],
    [{ key: 'vrx_chosen' }, 'key'],
  ])('is not made with %j', async (fields, path) => {
    const acme = await api.organization();
    const reply = await acme.post('/api/api-keys', { name: 'Script', scopes: ['agents:read'], ...fields });
    expect(pathsOf(problemOf(reply, 'VALIDATION_FAILED')).map((each) => each.split('.')[0])).toContain(path);
    expect(await keysOf(acme)).toEqual([]);
  });

  test.each(['vrx_', 'vrx_invented', 'VRX_invented', `vrx_${'x'.repeat(5_000)}`, 'vrx_a b'])(
    'that was invented (%#) opens nothing',
    async (key) => problemOf(await api.as(key).get('/api/agents'), 'UNAUTHENTICATED'),
  );

  test('is one of a hundred at most, also when they are made at the same moment', async () => {
    const acme = await api.organization();
    await api.db.query(
      `INSERT INTO api_keys (id, organization_id, name, prefix, key_hash, scopes)
       SELECT gen_random_uuid(), $1::uuid, 'Key ' || n, 'vrx_abcdef', decode(md5(n || $1::uuid::text), 'hex'), '{agents:read}'
       FROM generate_series(1, 97) n`,
      [acme.id],
    );
    const body = { name: 'Script', scopes: ['agents:read'] };
    const replies = await Promise.all(
      Array.from({ length: 8 }, () => acme.post<NewApiKeyResponse>('/api/api-keys', body)),
    );
    expect(replies.filter(({ status }) => status === 201)).toHaveLength(3);
    expect(replies.filter(({ status }) => status === 409)).toHaveLength(5);
    const [one] = await keysOf(acme);
    expect((await acme.delete(`/api/api-keys/${one?.id}`)).status).toBe(204);
    expect((await acme.post('/api/api-keys', body)).status).toBe(201);
  });

  test('is for programs: sessions, people and keys are closed to it, with every scope there is', async () => {
    const acme = await api.organization();
    const nora = await join(api, acme);
    const { script, made } = await createKey(acme);
    const closed: [string, string, object?][] = [
      ['GET', '/api/auth/me'],
      ['GET', '/api/auth/sessions'],
      ['DELETE', '/api/auth/sessions'],
      ['DELETE', `/api/auth/sessions/${randomId()}`],
      ['PATCH', '/api/auth/profile', { name: 'X' }],
      ['POST', '/api/auth/password', { currentPassword: 'x', newPassword: 'three unusual words' }],
      ['POST', '/api/auth/logout'],
      ['POST', '/api/auth/switch', { organizationId: acme.id }],
      ['POST', '/api/auth/step-up', { password: 'x' }],
      ['POST', '/api/auth/second-factor'],
      ['POST', '/api/auth/second-factor/confirm', { code: '123456' }],
      ['POST', '/api/auth/second-factor/recovery-codes'],
      ['DELETE', '/api/auth/second-factor'],
      ['GET', '/api/api-keys'],
      ['POST', '/api/api-keys', { name: 'Y', scopes: ['agents:read'] }],
      ['DELETE', `/api/api-keys/${made.id}`],
      ['PATCH', `/api/members/${nora.session.user.id}`, { role: 'viewer' }],
      ['DELETE', `/api/members/${nora.session.user.id}`],
      ['DELETE', `/api/members/${made.id}`],
      ['GET', '/api/invitations'],
      ['POST', '/api/invitations', { email: 'x@example.com', role: 'viewer' }],
      ['DELETE', `/api/invitations/${randomId()}`],
      ['PATCH', '/api/organization', { name: 'X' }],
    ];
    for (const [method, path, body] of closed) {
      const reply = await script.request(method, path, { body });
      expect({ method, path, status: reply.status }).toEqual({ method, path, status: 403 });
    }
    expect(await keysOf(acme)).toEqual([expect.objectContaining({ id: made.id })]);
    expect((await script.get('/api/members')).body).toMatchObject({ items: [{}, { role: 'member' }] });
  });

  test('takes a phone number through its whole life', async () => {
    const acme = await api.organization();
    const { script, made } = await createKey(acme);
    const agent = bodyOf(await script.post<AgentResponse>('/api/agents', { name: 'Front desk' }));
    const headers = { 'idempotency-key': 'night 1' };
    const body = IMPORTS.vonage({ agentId: agent.id, name: 'Hotline' });
    const number = bodyOf(await script.post<PhoneNumberResponse>('/api/phone-numbers', body, { headers }));
    expect((await script.post('/api/phone-numbers', body, { headers })).body).toEqual(number);
    const path = `/api/phone-numbers/${number.id}`;
    expect((await script.get<PhoneNumberPage>('/api/phone-numbers')).body.items).toEqual([
      { ...number, updatedAt: expect.any(String), status: expect.any(String) },
    ]);
    const changed = await script.patch<PhoneNumberResponse>(path, { name: 'Sales', agentId: null });
    expect(changed.body).toMatchObject({ name: 'Sales', agent: null });
    expect((await acme.get(path)).body).toMatchObject({ name: 'Sales' });
    const history = bodyOf(await script.get<{ items: { actor: object }[] }>(`${path}/history`)).items;
    expect(history.map(({ actor }) => actor)).toEqual(
      history.map(() => ({ type: 'api_key', id: made.id, name: 'Nightly import' })),
    );
    expect((await script.delete(`${path}?deleteCredential=true`)).status).toBe(204);
    problemOf(await script.get(path), 'NOT_FOUND');
    expect((await script.get('/api/credentials')).body).toMatchObject({ items: [] });
    expect((await script.delete(`/api/agents/${agent.id}`)).status).toBe(204);
  });

  test('needs the scope for credentials to remove one with its number', async () => {
    const acme = await api.organization();
    const { script } = await createKey(acme, ['numbers:read', 'numbers:write']);
    const number = await importNumber(acme, IMPORTS.telnyx());
    const path = `/api/phone-numbers/${number.id}`;
    problemOf(await script.delete(`${path}?deleteCredential=true`), 'FORBIDDEN');
    expect((await script.get(path)).status).toBe(200);
    expect((await script.delete(path)).status).toBe(204);
    await saveCredential(acme, 'telnyx');
  });
});

describe('The limit of requests', () => {
  const busy = new Api({ env: { RATE_LIMIT_PER_MINUTE: '20' } });
  beforeAll(async () => {
    await busy.start();
  });
  afterAll(() => busy.stop());

  test('is counted for each key by itself', async () => {
    const acme = await busy.organization();
    const make = async () =>
      bodyOf(await acme.post<NewApiKeyResponse>('/api/api-keys', { name: 'Script', scopes: ['agents:read'] }))
        .key;
    const [one, other] = [busy.as(await make()), busy.as(await make())];
    const statuses: number[] = [];
    for (let request = 0; request < 20; request++) statuses.push((await one.get('/api/agents')).status);
    expect(new Set(statuses)).toEqual(new Set([200]));
    const limited = await one.get('/api/agents');
    problemOf(limited, 'RATE_LIMITED');
    expect(Number(limited.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(Number(limited.headers.get('retry-after'))).toBeLessThanOrEqual(60);
    expect((await other.get('/api/agents')).status).toBe(200);
    expect((await acme.get('/api/agents')).status).toBe(200);
  });
});
