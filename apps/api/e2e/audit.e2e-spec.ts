import {
  API_KEY_SCOPES,
  type AuditPage,
  type NewApiKeyResponse,
  type PhoneNumberResponse,
  type ProviderId,
  type SessionResponse,
  type SignedInSessionList,
} from '@voxreach/contracts';
import { bodyOf, type Organization, useApi } from './support/api';
import { letNeedAttention } from './support/attention';
import { entriesDuring, type WrittenEntry } from './support/audit';
import { Authenticator, enroll, letCodesBeFresh, letProofBeOld } from './support/authenticator';
import {
  createAgent,
  CREDENTIALS,
  importNumber,
  IMPORTS,
  randomId,
  saveCredential,
} from './support/builders';
import type { Reply } from './support/client';
import { cookieOf, spentLongAgo } from './support/cookie';
import { eventually } from './support/eventually';
import { footprintOf } from './support/footprint';
import { freshEmail, invite, join, joinWithAccount } from './support/people';
import { problemOf } from './support/problem';

const api = useApi();

// The credential for webhooks is made with the first number.
beforeAll(async () => {
  await importNumber(await api.organization());
});

afterEach(() => api.sandbox.clearFaults());

/** What an entry says, without what is the same for all. */
type Told = Pick<WrittenEntry, 'action'> & Partial<WrittenEntry>;

const userOf = ({ session: { user } }: Organization) => ({
  type: 'user' as const,
  id: user.id,
  name: user.name,
});

const signIn = (login: object) => api.anonymous.post<SessionResponse>('/api/auth/login', login);

async function createKey(person: Organization) {
  const body = { name: 'Script', scopes: API_KEY_SCOPES };
  return bodyOf(await person.post<NewApiKeyResponse>('/api/api-keys', body));
}

const target = (type: string, { id, name }: { id: string; name: string | null }) => ({ type, id, name });

describe('Every change', () => {
  /** A change that is about to be made, and the entries that it is to leave. */
  interface Change {
    act: () => Promise<Reply>;
    told: Told[] | ((reply: Reply) => Told[]);
  }
  type Prepare = (acme: Organization) => Promise<Change>;

  const idIn = (reply: Reply): string => (reply.body as { id: string }).id;

  const imported =
    (provider: ProviderId): Prepare =>
    async (acme) => {
      const agent = await createAgent(acme);
      const body = IMPORTS[provider]({ name: 'Hotline', agentId: agent.id, fallbackNumber: '+4930123456' });
      return {
        act: () => acme.post('/api/phone-numbers', body),
        told: (reply) => [
          {
            action: 'phone_number.import',
            target: { type: 'phone_number', id: idIn(reply), name: 'Hotline' },
            after: {
              provider,
              number: (reply.body as PhoneNumberResponse).number,
              sipUri: null,
              name: 'Hotline',
              agentId: agent.id,
              credentialId: (reply.body as PhoneNumberResponse).credential?.id ?? null,
              fallbackNumber: '+4930123456',
            },
          },
        ],
      };
    };

  /** A number, and what is told when it is removed. */
  async function hotline(acme: Organization, provider: ProviderId = 'telnyx') {
    const number = await importNumber(acme, IMPORTS[provider]({ name: 'Hotline' }));
    const removed: Told = {
      action: 'phone_number.remove',
      target: target('phone_number', number),
      before: {
        provider,
        number: number.number,
        sipUri: null,
        name: 'Hotline',
        agentId: null,
        credentialId: number.credential?.id ?? null,
        fallbackNumber: null,
      },
    };
    return { number, path: `/api/phone-numbers/${number.id}`, removed };
  }

  const CHANGES: [route: string, what: string, prepare: Prepare][] = [
    ['POST /api/phone-numbers', 'an import from Twilio', imported('twilio')],
    ['POST /api/phone-numbers', 'an import from Vonage', imported('vonage')],
    ['POST /api/phone-numbers', 'an import from Telnyx', imported('telnyx')],
    ['POST /api/phone-numbers', 'an import from a SIP trunk', imported('byo-phone-number')],
    ['POST /api/phone-numbers', 'a free number', imported('vapi')],
    [
      'PATCH /api/phone-numbers/{id}',
      'a change of a number',
      async (acme) => {
        const agent = await createAgent(acme);
        const { number, path } = await hotline(acme);
        return {
          act: () => acme.patch(path, { name: 'Sales', agentId: agent.id }),
          told: [
            {
              action: 'phone_number.update',
              target: { type: 'phone_number', id: number.id, name: 'Sales' },
              before: { name: 'Hotline', agentId: null },
              after: { name: 'Sales', agentId: agent.id },
            },
          ],
        };
      },
    ],
    [
      'DELETE /api/phone-numbers/{id}',
      'the removal of a number',
      async (acme) => {
        const { path, removed } = await hotline(acme);
        return { act: () => acme.delete(path), told: [removed] };
      },
    ],
    [
      'DELETE /api/phone-numbers/{id}',
      'the removal of a number with its credential',
      async (acme) => {
        const { path, removed, number } = await hotline(acme);
        const { id, name } = number.credential ?? { id: '', name: '' };
        return {
          act: () => acme.delete(`${path}?deleteCredential=true`),
          told: [
            removed,
            { action: 'credential.remove', target: { type: 'credential', id, name }, before: { name } },
          ],
        };
      },
    ],
    [
      'POST /api/phone-numbers/{id}/retry',
      'a retry that finds a number well',
      async (acme) => {
        const { path, number } = await hotline(acme);
        await api.db.query(
          `UPDATE phone_numbers SET status = 'needs_attention', attention = 'Look.' WHERE id = $1`,
          [number.id],
        );
        return {
          act: () => acme.post(`${path}/retry`),
          told: [{ action: 'phone_number.retry', target: target('phone_number', number) }],
        };
      },
    ],
    [
      'POST /api/phone-numbers/{id}/retry',
      'a retry that ends with the removal of a number',
      async (acme) => {
        const { path, number, removed } = await hotline(acme);
        await api.db.query(
          `UPDATE phone_numbers SET status = 'needs_attention', attention = 'Look.', lifecycle = 'removing',
             lease_until = now() + interval '15 minutes' WHERE id = $1`,
          [number.id],
        );
        return { act: () => acme.post(`${path}/retry`), told: [removed] };
      },
    ],
    [
      'POST /api/agents',
      'a new agent',
      async (acme) => ({
        act: () =>
          acme.post('/api/agents', { name: 'Front desk', systemPrompt: 'Never say this elsewhere.' }),
        told: (reply) => [
          {
            action: 'agent.create',
            target: { type: 'agent', id: idIn(reply), name: 'Front desk' },
            after: { name: 'Front desk' },
          },
        ],
      }),
    ],
    [
      'PATCH /api/agents/{id}',
      'a change of an agent, without its words',
      async (acme) => {
        const { id } = await createAgent(acme);
        return {
          act: () => acme.patch(`/api/agents/${id}`, { name: 'Sales', systemPrompt: 'Never say this.' }),
          told: [
            {
              action: 'agent.update',
              target: { type: 'agent', id, name: 'Sales' },
              before: { name: 'Front desk', systemPrompt: null },
              after: { name: 'Sales', systemPrompt: 'changed' },
            },
          ],
        };
      },
    ],
    [
      'DELETE /api/agents/{id}',
      'the removal of an agent',
      async (acme) => {
        const agent = await createAgent(acme);
        return {
          act: () => acme.delete(`/api/agents/${agent.id}`),
          told: [{ action: 'agent.remove', target: target('agent', agent), before: { name: agent.name } }],
        };
      },
    ],
    [
      'POST /api/agents/{id}/retry',
      'a retry that settles an agent',
      async (acme) => {
        const agent = await createAgent(acme);
        await letNeedAttention(api.db, 'agents', agent.id, 'updating');
        return {
          act: () => acme.post(`/api/agents/${agent.id}/retry`),
          told: [{ action: 'agent.retry', target: target('agent', agent) }],
        };
      },
    ],
    [
      'POST /api/agents/{id}/retry',
      'a retry that ends with the removal of an agent',
      async (acme) => {
        const agent = await createAgent(acme);
        await letNeedAttention(api.db, 'agents', agent.id, 'removing');
        return {
          act: () => acme.post(`/api/agents/${agent.id}/retry`),
          told: [{ action: 'agent.remove', target: target('agent', agent), before: { name: agent.name } }],
        };
      },
    ],
    [
      'POST /api/credentials',
      'a saved credential',
      async (acme) => ({
        act: () =>
          acme.post('/api/credentials', { provider: 'telnyx', name: 'Main', credential: CREDENTIALS.telnyx }),
        told: (reply) => [
          {
            action: 'credential.create',
            target: { type: 'credential', id: idIn(reply), name: 'Main' },
            after: { provider: 'telnyx', name: 'Main' },
          },
        ],
      }),
    ],
    [
      'DELETE /api/credentials/{id}',
      'the removal of a credential',
      async (acme) => {
        const credential = await saveCredential(acme, 'telnyx');
        return {
          act: () => acme.delete(`/api/credentials/${credential.id}`),
          told: [
            {
              action: 'credential.remove',
              target: target('credential', credential),
              before: { name: credential.name },
            },
          ],
        };
      },
    ],
    [
      'POST /api/credentials/{id}/retry',
      'a retry that ends with the removal of a credential',
      async (acme) => {
        const credential = await saveCredential(acme, 'telnyx');
        await letNeedAttention(api.db, 'credentials', credential.id, 'removing');
        return {
          act: () => acme.post(`/api/credentials/${credential.id}/retry`),
          told: [
            {
              action: 'credential.remove',
              target: target('credential', credential),
              before: { name: credential.name },
            },
          ],
        };
      },
    ],
    [
      'PATCH /api/organization',
      'another name of the organisation',
      async (acme) => ({
        act: () => acme.patch('/api/organization', { name: 'Red Harbour' }),
        told: [
          {
            action: 'organization.update',
            target: { type: 'organization', id: acme.id, name: 'Red Harbour' },
            before: { name: 'Acme' },
            after: { name: 'Red Harbour' },
          },
        ],
      }),
    ],
    [
      'PATCH /api/organization/security',
      'a second factor that members need',
      async (acme) => {
        await enroll(acme);
        return {
          act: () => acme.patch('/api/organization/security', { requiresSecondFactor: true }),
          told: [
            {
              action: 'organization.security',
              target: { type: 'organization', id: acme.id, name: 'Acme' },
              before: { requiresSecondFactor: false },
              after: { requiresSecondFactor: true },
            },
          ],
        };
      },
    ],
    [
      'PATCH /api/members/{id}',
      'another role of a member',
      async (acme) => {
        const { user } = (await join(api, acme, 'viewer')).session;
        return {
          act: () => acme.patch(`/api/members/${user.id}`, { role: 'admin' }),
          told: [
            {
              action: 'member.update',
              target: target('user', user),
              before: { role: 'viewer' },
              after: { role: 'admin' },
            },
          ],
        };
      },
    ],
    [
      'DELETE /api/members/{id}',
      'the removal of a member',
      async (acme) => {
        const { user } = (await join(api, acme, 'viewer')).session;
        return {
          act: () => acme.delete(`/api/members/${user.id}`),
          told: [{ action: 'member.remove', target: target('user', user), before: { role: 'viewer' } }],
        };
      },
    ],
    [
      'POST /api/invitations',
      'an invitation, also one that takes the place of another',
      async (acme) => {
        const email = freshEmail();
        await invite(acme, email, 'viewer');
        return {
          act: () => acme.post('/api/invitations', { email, role: 'admin' }),
          told: (reply) => [
            {
              action: 'invitation.create',
              target: { type: 'invitation', id: idIn(reply), name: email },
              after: { role: 'admin' },
            },
          ],
        };
      },
    ],
    [
      'DELETE /api/invitations/{id}',
      'an invitation that is taken back',
      async (acme) => {
        const { invitation } = await invite(acme);
        return {
          act: () => acme.delete(`/api/invitations/${invitation.id}`),
          told: [
            {
              action: 'invitation.revoke',
              target: { type: 'invitation', id: invitation.id, name: invitation.email },
              before: { role: 'member' },
            },
          ],
        };
      },
    ],
    [
      'POST /api/api-keys',
      'a new API key',
      async (acme) => ({
        act: () => acme.post('/api/api-keys', { name: 'Script', scopes: ['agents:read'] }),
        told: (reply) => [
          {
            action: 'api_key.create',
            target: { type: 'api_key', id: idIn(reply), name: 'Script' },
            after: { scopes: ['agents:read'], expiresAt: null },
          },
        ],
      }),
    ],
    [
      'DELETE /api/api-keys/{id}',
      'a revoked API key',
      async (acme) => {
        const key = await createKey(acme);
        return {
          act: () => acme.delete(`/api/api-keys/${key.id}`),
          told: [
            {
              action: 'api_key.revoke',
              target: target('api_key', key),
              before: { scopes: [...API_KEY_SCOPES] },
            },
          ],
        };
      },
    ],
    [
      'POST /api/auth/login',
      'a sign-in',
      async (acme) => ({ act: () => signIn(acme.login), told: [{ action: 'session.start' }] }),
    ],
    [
      'POST /api/auth/logout',
      'a sign-out',
      async (acme) => {
        const [session] = await sessionsOf(acme);
        return {
          act: () => acme.post('/api/auth/logout'),
          told: [{ action: 'session.end', target: { type: 'session', id: session?.id ?? '', name: null } }],
        };
      },
    ],
    [
      'DELETE /api/auth/sessions/{id}',
      'the end of a session elsewhere',
      async (acme) => {
        await signIn(acme.login);
        const other = (await sessionsOf(acme)).find(({ isCurrent }) => !isCurrent);
        return {
          act: () => acme.delete(`/api/auth/sessions/${other?.id}`),
          told: [{ action: 'session.end', target: { type: 'session', id: other?.id ?? '', name: null } }],
        };
      },
    ],
    [
      'DELETE /api/auth/sessions',
      'the end of all sessions elsewhere',
      async (acme) => {
        await signIn(acme.login);
        await signIn(acme.login);
        return {
          act: () => acme.delete('/api/auth/sessions'),
          told: [{ action: 'session.end', after: { endedSessions: 2 } }],
        };
      },
    ],
    [
      'POST /api/auth/step-up',
      'a proof of who somebody is',
      async (acme) => ({
        act: () => acme.post('/api/auth/step-up', { password: acme.login.password }),
        told: [{ action: 'session.step_up' }],
      }),
    ],
    [
      'PATCH /api/auth/profile',
      'another name of a person',
      async (acme) => ({
        act: () => acme.patch('/api/auth/profile', { name: 'Olga Other' }),
        told: [
          {
            action: 'user.update',
            target: { type: 'user', id: acme.session.user.id, name: 'Olga Other' },
            before: { name: 'Olga Owner' },
            after: { name: 'Olga Other' },
          },
        ],
      }),
    ],
    [
      'POST /api/auth/password',
      'another password',
      async (acme) => ({
        act: () =>
          acme.post('/api/auth/password', {
            currentPassword: acme.login.password,
            newPassword: 'seven purple lanterns',
          }),
        told: [{ action: 'user.password', after: { endedSessions: 0 } }],
      }),
    ],
    [
      'POST /api/auth/second-factor/confirm',
      'a second factor',
      async (acme) => {
        const { secret } = bodyOf(await acme.post<{ secret: string }>('/api/auth/second-factor'));
        const code = await new Authenticator(secret).code();
        return {
          act: () => acme.post('/api/auth/second-factor/confirm', { code }),
          told: [{ action: 'user.second_factor' }],
        };
      },
    ],
    [
      'POST /api/auth/second-factor/recovery-codes',
      'new recovery codes',
      async (acme) => {
        await enroll(acme);
        return {
          act: () => acme.post('/api/auth/second-factor/recovery-codes'),
          told: [{ action: 'user.recovery_codes' }],
        };
      },
    ],
    [
      'DELETE /api/auth/second-factor',
      'the removal of a second factor',
      async (acme) => {
        await enroll(acme);
        return {
          act: () => acme.delete('/api/auth/second-factor'),
          told: [{ action: 'user.second_factor_removed' }],
        };
      },
    ],
  ];

  const sessionsOf = async (person: Organization) =>
    bodyOf(await person.get<SignedInSessionList>('/api/auth/sessions')).items;

  test.each(CHANGES)('(%s) is told of once: %s', async (_route, _what, prepare) => {
    const acme = await api.organization();
    const { act, told } = await prepare(acme);
    const { result: reply, entries } = await entriesDuring(api, act);
    bodyOf(reply);
    const expected = typeof told === 'function' ? told(reply) : told;
    expect(entries).toEqual(
      expected.map((entry) => ({
        id: expect.any(String),
        organizationId: acme.id,
        outcome: 'succeeded',
        actor: userOf(acme),
        target: { type: null, id: null, name: null },
        before: null,
        after: null,
        reason: null,
        address: expect.stringMatching(/^(127\.0\.0\.1|::1|::ffff:127\.0\.0\.1)$/),
        userAgent: 'node',
        requestId: reply.headers.get('x-request-id'),
        ...entry,
      })),
    );
  });

  /** Signing up, joining, going over and deleting one's account are no changes of one organisation that one is in; they have tests of their own. */
  const ELSEWHERE = [
    'POST /api/auth/account/removal',
    'POST /api/auth/register',
    'POST /api/auth/invitations/accept',
    'POST /api/auth/switch',
  ];

  /** What changes nothing that an organisation could be told of. */
  const SILENT = [
    'POST /api/auth/invitations/preview',
    'POST /api/auth/refresh',
    'POST /api/auth/second-factor',
    'POST /api/auth/security-notices/seen',
    'POST /api/webhooks/vapi',
  ];

  test('of every route is in this list', async () => {
    const { paths } = bodyOf(await api.anonymous.get<{ paths: Record<string, object> }>('/api/openapi.json'));
    const routes = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods)
        .filter((method) => method !== 'get')
        .map((method) => `${method.toUpperCase()} ${path}`),
    );
    const tested = new Set([...CHANGES.map(([route]) => route), ...ELSEWHERE, ...SILENT]);
    expect([...tested].toSorted()).toEqual(routes.toSorted());
  });

  test('by a program is told with its key', async () => {
    const acme = await api.organization();
    const { key, id } = await createKey(acme);
    const { entries } = await entriesDuring(api, () =>
      api.as(key).post('/api/agents', { name: 'Front desk' }),
    );
    expect(entries).toEqual([
      expect.objectContaining({ organizationId: acme.id, actor: { type: 'api_key', id, name: 'Script' } }),
    ]);
  });

  test('that begins an organisation is told to it', async () => {
    const { result: acme, entries } = await entriesDuring(api, () => api.organization('Blue Harbour'));
    expect(entries).toEqual([
      expect.objectContaining({
        organizationId: acme.id,
        action: 'organization.create',
        actor: userOf(acme),
        target: { type: 'organization', id: acme.id, name: 'Blue Harbour' },
      }),
      expect.objectContaining({ organizationId: acme.id, action: 'session.start', actor: userOf(acme) }),
    ]);
  });

  test('that brings a new member is told with who joined, new or not', async () => {
    const acme = await api.organization();
    const globex = await api.organization('Globex');
    for (const email of [freshEmail(), globex.login.email]) {
      const { token } = await invite(acme, email, 'viewer');
      const body = { token, name: 'Nora New', password: globex.login.password };
      const { result, entries } = await entriesDuring(api, () =>
        api.anonymous.post<SessionResponse>('/api/auth/invitations/accept', body),
      );
      const { id, name } = bodyOf(result).user;
      const actor = { type: 'user', id, name };
      expect(entries).toEqual([
        expect.objectContaining({
          organizationId: acme.id,
          action: 'member.join',
          actor,
          target: actor,
          after: { role: 'viewer' },
        }),
        expect.objectContaining({ organizationId: acme.id, action: 'session.start', actor }),
      ]);
    }
  });

  test('of the organisation somebody works in is told to the one they go to', async () => {
    const [acme, globex] = [await api.organization(), await api.organization('Globex')];
    await joinWithAccount(api, acme, globex);
    const { entries } = await entriesDuring(api, () =>
      globex.post('/api/auth/switch', { organizationId: acme.id }),
    );
    expect(entries).toEqual([
      expect.objectContaining({ organizationId: acme.id, action: 'session.switch', actor: userOf(globex) }),
    ]);
  });

  test('stands or falls with its entry', async () => {
    const acme = await api.organization();
    const number = await importNumber(acme, IMPORTS.twilio({ name: 'Hotline' }));
    const before = await footprintOf(api, acme);
    await api.db.query('ALTER TABLE audit_entries RENAME TO audit_entries_away');
    const replies = await (async () => {
      try {
        return [
          await acme.patch('/api/organization', { name: 'Untold' }),
          await acme.post('/api/agents', { name: 'Untold' }),
          await acme.post('/api/phone-numbers', IMPORTS.telnyx({ name: 'Untold' })),
          await acme.post('/api/api-keys', { name: 'Untold', scopes: ['agents:read'] }),
          await acme.post('/api/invitations', { email: freshEmail(), role: 'viewer' }),
        ];
      } finally {
        await api.db.query('ALTER TABLE audit_entries_away RENAME TO audit_entries');
      }
    })();
    for (const reply of replies) problemOf(reply, 'INTERNAL');
    expect((await acme.get('/api/organization')).body).toMatchObject({ name: 'Acme' });
    expect((await acme.get('/api/phone-numbers')).body).toMatchObject({ items: [{ id: number.id }] });
    for (const path of ['/api/agents', '/api/credentials', '/api/api-keys', '/api/invitations'])
      expect((await acme.get(path)).body).toMatchObject({ items: [] });
    expect(await footprintOf(api, acme)).toEqual(before);
  });
});

describe('Nothing is told of', () => {
  async function silent(action: () => Promise<unknown>): Promise<void> {
    expect((await entriesDuring(api, action)).entries).toEqual([]);
  }

  test('what is only looked at', async () => {
    const acme = await api.organization();
    const { id } = await importNumber(acme);
    await silent(async () => {
      for (const path of ['phone-numbers', `phone-numbers/${id}`, `phone-numbers/${id}/history`, 'agents'])
        expect((await acme.get(`/api/${path}`)).status).toBe(200);
      for (const path of ['credentials', 'audit', 'members', 'api-keys', 'auth/me'])
        expect((await acme.get(`/api/${path}`)).status).toBe(200);
    });
  });

  test('what does not exist', async () => {
    const acme = await api.organization();
    await silent(async () => {
      for (const kind of ['phone-numbers', 'agents', 'credentials', 'api-keys', 'invitations', 'members'])
        problemOf(await acme.delete(`/api/${kind}/${randomId()}`), 'NOT_FOUND');
      problemOf(await acme.delete('/api/phone-numbers/none'), 'NOT_FOUND');
      problemOf(await acme.get(`/api/agents/${randomId()}`), 'NOT_FOUND');
      problemOf(await acme.get('/api/nothing'), 'NOT_FOUND');
      problemOf(await acme.post('/api/phone-numbers', IMPORTS.twilio({ agentId: randomId() })), 'NOT_FOUND');
      problemOf(await acme.post('/api/auth/switch', { organizationId: randomId() }), 'NOT_FOUND');
    });
  });

  test('what was wrong in form, or came in between', async () => {
    const acme = await api.organization();
    const agent = await createAgent(acme);
    const number = await importNumber(acme, IMPORTS.twilio({ agentId: agent.id }));
    await silent(async () => {
      problemOf(await acme.post('/api/agents', {}), 'VALIDATION_FAILED');
      problemOf(await acme.delete(`/api/agents/${agent.id}`), 'CONFLICT');
      const headers = { 'if-match': '"old"' };
      problemOf(
        await acme.patch(`/api/phone-numbers/${number.id}`, { name: 'X' }, { headers }),
        'PRECONDITION_FAILED',
      );
      problemOf(await acme.post('/api/phone-numbers', IMPORTS.twilio({ number: number.number })), 'CONFLICT');
      problemOf(await api.anonymous.get('/api/agents'), 'UNAUTHENTICATED');
      problemOf(await api.as('vrx_unknown').post('/api/agents', {}), 'UNAUTHENTICATED');
    });
  });

  test('what changes nothing', async () => {
    const acme = await api.organization();
    const { id } = await importNumber(acme);
    await silent(async () => {
      expect((await acme.patch(`/api/phone-numbers/${id}`, {})).status).toBe(200);
      expect((await acme.delete('/api/auth/sessions')).status).toBe(204);
      expect((await acme.delete('/api/auth/second-factor')).status).toBe(204);
      expect((await acme.patch(`/api/members/${acme.session.user.id}`, { role: 'owner' })).status).toBe(200);
    });
  });

  test('the repeat of an import with its Idempotency-Key', async () => {
    const acme = await api.organization();
    const body = IMPORTS.twilio();
    const headers = { 'idempotency-key': 'one' };
    const first = await acme.post('/api/phone-numbers', body, { headers });
    await silent(async () => {
      expect((await acme.post('/api/phone-numbers', body, { headers })).body).toEqual(first.body);
    });
  });

  test.each(['agents', 'credentials', 'phone-numbers'] as const)(
    'what an outage kept from being done: %s',
    async (kind) => {
      const acme = await api.organization();
      const bodyFor = (): object =>
        ({
          agents: { name: 'Front desk' },
          credentials: { provider: 'telnyx', credential: CREDENTIALS.telnyx },
          'phone-numbers': IMPORTS.telnyx(),
        })[kind];
      const pathOfNew = async () =>
        `/api/${kind}/${bodyOf(await acme.post<{ id: string }>(`/api/${kind}`, bodyFor())).id}`;
      const [changed, removed] = [await pathOfNew(), await pathOfNew()];
      await silent(async () => {
        api.sandbox.inject({ kind: 'status', status: 503, times: Infinity });
        problemOf(await acme.post(`/api/${kind}`, bodyFor()), 'UPSTREAM_UNAVAILABLE');
        if (kind !== 'credentials')
          problemOf(await acme.patch(changed, { name: 'New' }), 'UPSTREAM_UNAVAILABLE');
        problemOf(await acme.delete(removed), 'UPSTREAM_UNAVAILABLE');
      });
    },
  );
});

describe('A refusal is told of once:', () => {
  /** The one entry that `action` leaves. */
  async function toldOf(action: () => Promise<Reply>) {
    const { result: reply, entries } = await entriesDuring(api, action);
    expect(entries).toEqual([
      expect.objectContaining({
        outcome: 'refused',
        requestId: reply.headers.get('x-request-id'),
        reason: expect.stringMatching(/\w/),
      }),
    ]);
    return { reply, entry: entries[0] };
  }

  test('what a role does not allow', async () => {
    const acme = await api.organization();
    const viewer = await join(api, acme, 'viewer');
    const { reply, entry } = await toldOf(() => viewer.post('/api/agents', { name: 'Front desk' }));
    const { detail } = problemOf(reply, 'FORBIDDEN');
    expect(entry).toMatchObject({
      organizationId: acme.id,
      action: 'agent.create',
      actor: userOf(viewer),
      reason: detail,
      after: { request: 'POST /api/agents' },
    });
  });

  test('what a role does not let one see', async () => {
    const acme = await api.organization();
    const viewer = await join(api, acme, 'viewer');
    const { entry } = await toldOf(() => viewer.get('/api/audit'));
    expect(entry).toMatchObject({ action: 'request.refuse', after: { request: 'GET /api/audit' } });
  });

  test('what the scopes of a key do not allow', async () => {
    const acme = await api.organization();
    const body = { name: 'Reader', scopes: ['agents:read'] };
    const { key, id } = bodyOf(await acme.post<NewApiKeyResponse>('/api/api-keys', body));
    const { entry } = await toldOf(() => api.as(key).post('/api/agents', { name: 'Front desk' }));
    expect(entry).toMatchObject({
      organizationId: acme.id,
      action: 'agent.create',
      actor: { type: 'api_key', id, name: 'Reader' },
    });
  });

  test('what is for owners only', async () => {
    const acme = await api.organization();
    const admin = await join(api, acme, 'admin');
    const { id } = acme.session.user;
    const { entry } = await toldOf(() => admin.patch(`/api/members/${id}`, { role: 'viewer' }));
    expect(entry).toMatchObject({ action: 'member.update', target: { id } });
  });

  test('what needs a new proof of who somebody is', async () => {
    const acme = await api.organization();
    const { id } = await saveCredential(acme, 'telnyx');
    await letProofBeOld(api.db, acme);
    const { reply, entry } = await toldOf(() => acme.delete(`/api/credentials/${id}`));
    problemOf(reply, 'STEP_UP_REQUIRED');
    expect(entry).toMatchObject({ organizationId: acme.id, action: 'credential.remove', target: { id } });
  });

  test('what a carrier does not accept, without its secrets', async () => {
    const acme = await api.organization();
    const agent = await createAgent(acme);
    const credential = { apiKey: 'refused-key-0123', apiSecret: 'refused-secret-0123' };
    const { reply, entry } = await toldOf(() =>
      acme.post('/api/phone-numbers', IMPORTS.vonage({ credential, agentId: agent.id })),
    );
    problemOf(reply, 'PROVIDER_REJECTED');
    expect(entry).toMatchObject({
      organizationId: acme.id,
      action: 'phone_number.import',
      // Nothing of it came to be, and the agent has nothing to do with it.
      target: { id: null },
    });
    expect(JSON.stringify(entry)).not.toMatch(/0123/);
  });

  test('a change that Vapi does not accept', async () => {
    const acme = await api.organization();
    const { id } = await importNumber(acme);
    const message = ['name is rude'];
    const where = { method: 'PATCH', path: /^\/phone-number\// } as const;
    api.sandbox.inject({ ...where, kind: 'status', status: 400, message });
    const { entry } = await toldOf(() => acme.patch(`/api/phone-numbers/${id}`, { name: 'Rude' }));
    expect(entry).toMatchObject({ action: 'phone_number.update', target: { id } });
    const history = bodyOf(await acme.get<AuditPage>(`/api/phone-numbers/${id}/history`));
    expect(history.items.map(({ outcome }) => outcome)).toEqual(['refused', 'succeeded']);
  });

  describe("another organisation's id, to the operator alone, for either organisation would learn of the other:", () => {
    /** Requests that name something of Globex. */
    const REACHES: [
      string,
      (acme: Organization, globex: Organization) => Promise<[() => Promise<Reply>, string]>,
    ][] = [
      ...(['GET', 'PATCH', 'DELETE'] as const).flatMap((method) =>
        (['phone-numbers', 'agents'] as const).map((kind): (typeof REACHES)[number] => [
          `${method} ${kind}`,
          async (acme, globex) => {
            const { id } = kind === 'agents' ? await createAgent(globex) : await importNumber(globex);
            const options = method === 'PATCH' ? { body: { name: 'Mine' } } : {};
            return [() => acme.request(method, `/api/${kind}/${id}`, options), id];
          },
        ]),
      ),
      [
        'GET the history of a number',
        async (acme, globex) => {
          const { id } = await importNumber(globex);
          return [() => acme.get(`/api/phone-numbers/${id}/history`), id];
        },
      ],
      [
        'DELETE credentials',
        async (acme, globex) => {
          const { id } = await saveCredential(globex, 'telnyx');
          return [() => acme.delete(`/api/credentials/${id}`), id];
        },
      ],
      [
        'DELETE api-keys',
        async (acme, globex) => {
          const { id } = await createKey(globex);
          return [() => acme.delete(`/api/api-keys/${id.toUpperCase()}`), id];
        },
      ],
      [
        'DELETE invitations',
        async (acme, globex) => {
          const { id } = (await invite(globex)).invitation;
          return [() => acme.delete(`/api/invitations/${id}`), id];
        },
      ],
      [
        'PATCH members',
        async (acme, globex) => {
          const { id } = globex.session.user;
          return [() => acme.patch(`/api/members/${id}`, { role: 'viewer' }), id];
        },
      ],
      [
        'DELETE members',
        async (acme, globex) => {
          const { id } = globex.session.user;
          return [() => acme.delete(`/api/members/${id}`), id];
        },
      ],
      [
        'POST switch',
        async (acme, globex) => [
          () => acme.post('/api/auth/switch', { organizationId: globex.id }),
          globex.id,
        ],
      ],
      [
        'an agent for a new number',
        async (acme, globex) => {
          const { id } = await createAgent(globex);
          return [() => acme.post('/api/phone-numbers', IMPORTS.twilio({ agentId: id })), id];
        },
      ],
      [
        'an agent for a number of their own',
        async (acme, globex) => {
          const { id } = await createAgent(globex);
          const number = await importNumber(acme);
          return [() => acme.patch(`/api/phone-numbers/${number.id}`, { agentId: id }), id];
        },
      ],
      [
        'a credential for a new number',
        async (acme, globex) => {
          const { id } = await saveCredential(globex, 'telnyx');
          const body = IMPORTS.telnyx({ credential: undefined, credentialId: id });
          return [() => acme.post('/api/phone-numbers', body), id];
        },
      ],
    ];

    test.each(REACHES)('%s', async (_what, prepare) => {
      const [acme, globex] = [await api.organization(), await api.organization('Globex')];
      const [reach, id] = await prepare(acme, globex);
      const { reply, entry } = await toldOf(reach);
      problemOf(reply, 'NOT_FOUND');
      expect(entry).toMatchObject({
        organizationId: null,
        actor: userOf(acme),
        target: { id, name: null },
        after: { callerOrganizationId: acme.id },
      });
      expect(JSON.stringify(bodyOf(await globex.get('/api/audit')))).not.toContain(acme.session.user.id);
      expect(bodyOf(await acme.get<AuditPage>(`/api/audit?targetId=${id}`)).items).toEqual([]);
    });
  });

  test('a sign-in that fails, to the organisation of the account', async () => {
    const acme = await api.organization();
    const { user } = acme.session;
    const { entry } = await toldOf(() => signIn({ ...acme.login, password: 'a wrong guess' }));
    expect(entry).toMatchObject({
      organizationId: acme.id,
      action: 'session.start',
      actor: { type: 'anonymous', id: null, name: null },
      target: { type: 'user', id: user.id, name: user.name },
    });
    expect(JSON.stringify(entry)).not.toContain('a wrong guess');
  });

  test('a sign-in with an unknown address, to nobody, and without the address', async () => {
    const email = freshEmail();
    const { entry } = await toldOf(() => signIn({ email, password: 'a wrong guess' }));
    expect(entry).toMatchObject({ organizationId: null, action: 'session.start', target: { id: null } });
    expect(JSON.stringify(entry)).not.toContain(email);
  });

  test('a wrong code at sign-in, and at a proof of who somebody is', async () => {
    const acme = await api.organization();
    await enroll(acme);
    await letCodesBeFresh(api.db, acme);
    const code = 'aaaa-bbbb-cccc-dddd';
    const atSignIn = await toldOf(() => signIn({ ...acme.login, code }));
    expect(atSignIn.entry).toMatchObject({ organizationId: acme.id, action: 'session.start' });
    const atStepUp = await toldOf(() => acme.post('/api/auth/step-up', { code }));
    expect(atStepUp.entry).toMatchObject({ organizationId: acme.id, action: 'session.step_up' });
  });

  test('a wrong current password', async () => {
    const acme = await api.organization();
    const body = { currentPassword: 'a wrong guess', newPassword: 'seven purple lanterns' };
    const { entry } = await toldOf(() => acme.post('/api/auth/password', body));
    expect(entry).toMatchObject({ organizationId: acme.id, action: 'user.password', actor: userOf(acme) });
  });
});

test('A refresh token that comes back after it was spent is told to the organisation of the session', async () => {
  const acme = await api.organization();
  const cookie = cookieOf(await signIn(acme.login));
  const refresh = () => api.anonymous.post('/api/auth/refresh', undefined, { headers: { cookie } });
  await refresh();
  await spentLongAgo(api, cookie);
  const { entries } = await entriesDuring(api, refresh);
  expect(entries).toEqual([
    expect.objectContaining({
      organizationId: acme.id,
      action: 'session.end',
      actor: { type: 'anonymous', id: null, name: null },
      reason: expect.stringMatching(/spent/),
    }),
  ]);
});

describe('What was interrupted and is finished later', () => {
  test('is told as the doing of the person who began it, when the process died', async () => {
    const acme = await api.organization();
    const nora = await join(api, acme);
    const number = await importNumber(acme, IMPORTS.telnyx());
    const path = `/api/phone-numbers/${number.id}`;
    api.sandbox.inject({ kind: 'hang', method: 'DELETE', path: /^\/phone-number\//, times: Infinity });
    const asked = api.sandbox.requests.length;
    const lost = nora.delete(path).catch(() => undefined);
    await eventually(() => {
      expect(api.sandbox.requests.slice(asked)).toEqual([expect.objectContaining({ method: 'DELETE' })]);
    });
    const { rows } = await api.db.query<{ requestId: string }>(
      `SELECT started_by ->> 'requestId' AS "requestId" FROM phone_numbers WHERE id = $1`,
      [number.id],
    );
    // Nobody works on it any more: this process is about to end.
    await api.db.query(`UPDATE phone_numbers SET lease_until = now() WHERE id = $1`, [number.id]);
    await api.kill();
    await lost;
    api.sandbox.clearFaults();
    await api.launch();
    const entry = await eventually(async () => {
      const query = `/api/audit?targetId=${number.id}&action=phone_number.remove`;
      const { items } = bodyOf(await acme.get<AuditPage>(query));
      expect(items).toHaveLength(1);
      return items[0];
    }, 30_000);
    expect(entry).toMatchObject({
      outcome: 'succeeded',
      actor: userOf(nora),
      requestId: rows[0]?.requestId,
      target: target('phone_number', number),
      address: expect.stringMatching(/127\.0\.0\.1|::1/),
    });
  });

  test('is told of only when there was something to tell: an import that is taken back was never there', async () => {
    const acme = await api.organization();
    api.sandbox.inject({ kind: 'status-after', status: 502, method: 'POST', path: /^\/phone-number$/ });
    api.sandbox.inject({ kind: 'status', status: 503, method: 'GET', times: Infinity });
    const { entries } = await entriesDuring(api, async () => {
      problemOf(await acme.post('/api/phone-numbers', IMPORTS.twilio()), 'UPSTREAM_UNAVAILABLE');
      api.sandbox.clearFaults();
      await api.db.query(`UPDATE phone_numbers SET lease_until = now() WHERE organization_id = $1`, [
        acme.id,
      ]);
      await api.restart();
      await eventually(async () => {
        const { rows } = await api.db.query('SELECT 1 FROM phone_numbers WHERE organization_id = $1', [
          acme.id,
        ]);
        expect(rows).toEqual([]);
      }, 30_000);
    });
    expect(entries.filter(({ organizationId }) => organizationId === acme.id)).toEqual([]);
  });
});

describe('The audit trail of an organisation', () => {
  /** An organisation in which this and that has happened. */
  async function eventful() {
    const acme = await api.organization();
    const viewer = await join(api, acme, 'viewer');
    const agent = await createAgent(acme);
    const number = await importNumber(acme, IMPORTS.twilio({ agentId: agent.id }));
    await acme.patch(`/api/phone-numbers/${number.id}`, { name: 'Sales' });
    await viewer.delete(`/api/phone-numbers/${number.id}`);
    return { acme, viewer, agent, number };
  }

  const trailOf = async (person: Organization, query = '') =>
    bodyOf(await person.get<AuditPage>(`/api/audit${query}`));

  const actionsOf = async (person: Organization, query = '') =>
    (await trailOf(person, query)).items.map(({ action }) => action);

  test('begins with the newest, and says who, what, when and from where', async () => {
    const { acme, viewer, number } = await eventful();
    const { items, nextCursor } = await trailOf(acme);
    expect(nextCursor).toBeNull();
    expect(items.map(({ action, outcome }) => `${action} ${outcome}`)).toEqual([
      'phone_number.remove refused',
      'phone_number.update succeeded',
      'phone_number.import succeeded',
      'agent.create succeeded',
      'session.start succeeded',
      'member.join succeeded',
      'invitation.create succeeded',
      'session.start succeeded',
      'organization.create succeeded',
    ]);
    expect(items[0]).toEqual({
      id: expect.any(String),
      action: 'phone_number.remove',
      outcome: 'refused',
      actor: userOf(viewer),
      target: { type: expect.any(String), id: number.id, name: null },
      before: null,
      after: { request: 'DELETE /api/phone-numbers/:id' },
      reason: expect.stringContaining('Your role does not allow this'),
      address: expect.any(String),
      userAgent: 'node',
      requestId: expect.any(String),
      createdAt: expect.stringMatching(/^\d{4}-.*Z$/),
    });
  });

  test('is narrowed by action, outcome, person, thing and time', async () => {
    const { acme, viewer, agent, number } = await eventful();
    expect(await actionsOf(acme, '?action=agent.create')).toEqual(['agent.create']);
    expect(await actionsOf(acme, '?outcome=refused')).toEqual(['phone_number.remove']);
    expect(await actionsOf(acme, `?actorId=${viewer.session.user.id}`)).toEqual([
      'phone_number.remove',
      'session.start',
      'member.join',
    ]);
    expect(await actionsOf(acme, `?targetId=${agent.id}`)).toEqual(['agent.create']);
    expect(await actionsOf(acme, `?targetId=${number.id}&outcome=succeeded`)).toEqual([
      'phone_number.update',
      'phone_number.import',
    ]);
    const { items } = await trailOf(acme);
    const at = items[3]?.createdAt ?? '';
    const [from, to] = [
      await actionsOf(acme, `?from=${encodeURIComponent(at)}`),
      await actionsOf(acme, `?to=${encodeURIComponent(at)}`),
    ];
    expect(from.slice(0, 4)).toEqual(items.slice(0, 4).map(({ action }) => action));
    expect(to).not.toContain('agent.create');
    expect(from.length + to.length).toBe(items.length);
    expect(await actionsOf(acme, '?from=2100-01-01')).toEqual([]);
    expect(await actionsOf(acme, `?targetId=${randomId()}`)).toEqual([]);
  });

  test.each([
    'action=nothing',
    'outcome=maybe',
    'actorId=me',
    'targetId=1',
    'from=yesterday',
    'from=2026-W45',
    'from=2026-323',
    'to=0000-01-01T00:00:00Z',
    'to=2026-02-30',
    'from=2026-01-01T00:00:00Z&from=2026-01-02T00:00:00Z',
    'limit=0',
    'limit=101',
    'cursor=invented',
    'organizationId=00000000-0000-4000-8000-000000000000',
  ])('is not read with %s', async (query) => {
    const acme = await api.organization();
    problemOf(await acme.get(`/api/audit?${query}`), 'VALIDATION_FAILED');
    if (!/limit|cursor/.test(query))
      problemOf(await acme.get(`/api/audit/export?${query}`), 'VALIDATION_FAILED');
  });

  test('is read page by page, each entry once', async () => {
    const { acme } = await eventful();
    const all = (await trailOf(acme)).items.map(({ id }) => id);
    const found: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: AuditPage = await trailOf(acme, `?limit=2${cursor && `&cursor=${cursor}`}`);
      expect(page.items.length).toBeLessThanOrEqual(2);
      found.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    }
    expect(found).toEqual(all);
  });

  test('shows nothing of another organisation, nor what belongs to none', async () => {
    const { acme, number } = await eventful();
    const globex = await api.organization('Globex');
    await signIn({ email: freshEmail(), password: 'a wrong guess' });
    expect(await actionsOf(globex)).toEqual(['session.start', 'organization.create']);
    expect(await actionsOf(globex, `?targetId=${number.id}`)).toEqual([]);
    expect(await actionsOf(globex, `?actorId=${acme.session.user.id}`)).toEqual([]);
    const cursor = (await trailOf(acme, '?limit=1')).nextCursor;
    for (const { id } of (await trailOf(globex, `?cursor=${cursor}`)).items)
      expect((await trailOf(globex)).items.map((entry) => entry.id)).toContain(id);
    const csv = bodyOf(await globex.get<string>('/api/audit/export'));
    expect(csv).not.toContain(acme.session.user.id);
  });

  test('is for owners and admins, and for keys that may', async () => {
    const { acme, viewer } = await eventful();
    const [member, admin] = [await join(api, acme, 'member'), await join(api, acme, 'admin')];
    for (const path of ['/api/audit', '/api/audit/export']) {
      for (const person of [viewer, member]) problemOf(await person.get(path), 'FORBIDDEN');
      expect((await admin.get(path)).status).toBe(200);
      expect((await api.as((await createKey(acme)).key).get(path)).status).toBe(200);
    }
  });

  test('of a number is its history, also page by page', async () => {
    const { acme, viewer, number } = await eventful();
    await importNumber(acme);
    const path = `/api/phone-numbers/${number.id}/history`;
    const { items } = bodyOf(await acme.get<AuditPage>(path));
    expect(items.map(({ action }) => action)).toEqual([
      'phone_number.remove',
      'phone_number.update',
      'phone_number.import',
    ]);
    const first = bodyOf(await acme.get<AuditPage>(`${path}?limit=2`));
    const second = bodyOf(await acme.get<AuditPage>(`${path}?limit=2&cursor=${first.nextCursor}`));
    expect([...first.items, ...second.items]).toEqual(items);
    problemOf(await viewer.get(path), 'FORBIDDEN');
    problemOf(await (await api.organization()).get(path), 'NOT_FOUND');
    problemOf(await acme.get(`/api/phone-numbers/${randomId()}/history`), 'NOT_FOUND');
    problemOf(await acme.get(`${path}?action=agent.create`), 'VALIDATION_FAILED');
  });
});

describe('The export of the audit trail', () => {
  /** The records of a CSV file (RFC 4180). */
  function recordsOf(csv: string): string[][] {
    expect(csv.endsWith('\r\n')).toBe(true);
    const fields = [...csv.matchAll(/"((?:[^"]|"")*)"(,|\r\n)/g)];
    expect(fields.map(([whole]) => whole).join('')).toBe(csv);
    const records: string[][] = [[]];
    for (const [, content = '', end] of fields) {
      records.at(-1)?.push(content.replaceAll('""', '"'));
      if (end === '\r\n') records.push([]);
    }
    return records.slice(0, -1);
  }

  const exportOf = async (person: Organization, query = '') => {
    const reply = await person.get<string>(`/api/audit/export${query}`);
    expect(reply.status).toBe(200);
    expect(reply.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(reply.headers.get('content-disposition')).toBe('attachment; filename="activity.csv"');
    expect(reply.headers.get('cache-control')).toBe('no-store');
    return recordsOf(reply.body);
  };

  test('is written down itself, with which filters, and so is that of the numbers', async () => {
    const acme = await api.organization();
    const { entries } = await entriesDuring(api, async () => {
      await exportOf(acme, '?outcome=refused');
      await acme.get('/api/phone-numbers/export?search=berlin');
    });
    expect(entries).toEqual([
      expect.objectContaining({
        organizationId: acme.id,
        action: 'audit.export',
        outcome: 'succeeded',
        after: { filters: ['outcome'] },
      }),
      expect.objectContaining({ action: 'phone_number.export', after: { filters: ['search'] } }),
    ]);
  });

  const HEADER = [
    'time',
    'action',
    'outcome',
    'actorType',
    'actor',
    'actorId',
    'targetType',
    'target',
    'targetId',
    'before',
    'after',
    'reason',
    'address',
    'userAgent',
    'requestId',
  ];

  test('has a header, and every entry as the list has it', async () => {
    const acme = await api.organization();
    await acme.patch('/api/organization', { name: 'Red Harbour' });
    const [header, ...records] = await exportOf(acme);
    expect(header).toEqual(HEADER);
    const { items } = bodyOf(await acme.get<AuditPage>('/api/audit'));
    expect(records).toEqual(
      items.map((entry) => [
        entry.createdAt,
        entry.action,
        entry.outcome,
        entry.actor.type,
        entry.actor.name ?? '',
        entry.actor.id ?? '',
        entry.target?.type ?? '',
        entry.target?.name ?? '',
        entry.target?.id ?? '',
        entry.before === null ? '' : JSON.stringify(entry.before),
        entry.after === null ? '' : JSON.stringify(entry.after),
        entry.reason ?? '',
        entry.address ?? '',
        entry.userAgent ?? '',
        entry.requestId ?? '',
      ]),
    );
  });

  test.each([
    ['quotes and commas', 'The "big", blue one'],
    ['a line break', 'Two\nlines'],
    ['letters of all kinds', 'Zürich 東京 🎉'],
  ])('bears %s', async (_what, name) => {
    const acme = await api.organization();
    await createAgent(acme, { name });
    const [, record] = await exportOf(acme, '?action=agent.create');
    expect(record?.[HEADER.indexOf('target')]).toBe(name);
  });

  test.each(['=1+1', '+1202555*2', '-1', '@SUM(A1)', '=HYPERLINK("https://evil.example","x")'])(
    'makes no formula of %s in a spreadsheet',
    async (name) => {
      const acme = await api.organization();
      await createAgent(acme, { name });
      const [, record] = await exportOf(acme, '?action=agent.create');
      expect(record?.[HEADER.indexOf('target')]).toBe(`'${name}`);
      for (const field of record ?? []) expect(field).not.toMatch(/^[=+\-@\t\r\n]/);
    },
  );

  test('makes no formula of what a browser calls itself', async () => {
    const acme = await api.organization();
    await acme.patch('/api/organization', { name: 'X' }, { headers: { 'user-agent': '=cmd|calc' } });
    const [, record] = await exportOf(acme, '?action=organization.update');
    expect(record?.[HEADER.indexOf('userAgent')]).toBe("'=cmd|calc");
  });

  test('runs over many pages, each entry once and in order, and can be narrowed', async () => {
    const acme = await api.organization();
    // Many of one moment, so that only their ids put them in order.
    await api.db.query(
      `INSERT INTO audit_entries (id, organization_id, action, outcome, actor_type, target_type, target_name, created_at)
       SELECT gen_random_uuid(), $1::uuid, 'agent.update', 'succeeded', 'system', 'agent', 'Agent ' || n,
         timestamptz '2026-01-01 00:00:00Z' + (n / 100) * interval '1 second'
       FROM generate_series(1, 730) n`,
      [acme.id],
    );
    const [, ...records] = await exportOf(acme);
    // The organisation, its owner's sign-in, and this very export.
    expect(records).toHaveLength(3 + 730);
    const times = records.map(([time]) => time ?? '');
    expect(times).toEqual(times.toSorted().toReversed());
    const names = records.map((record) => record[HEADER.indexOf('target')]);
    expect(new Set(names.filter((name) => name?.startsWith('Agent '))).size).toBe(730);
    const narrowed = await exportOf(acme, '?action=agent.update&to=2026-01-01T00:00:01Z');
    expect(narrowed).toHaveLength(1 + 99);
    expect(await exportOf(acme, '?action=api_key.create')).toEqual([HEADER]);
  });

  test('that nobody takes to its end does the server no harm', async () => {
    const acme = await api.organization();
    const abort = new AbortController();
    const response = await fetch(`${api.url}/api/audit/export`, {
      headers: { authorization: `Bearer ${acme.token}` },
      signal: abort.signal,
    });
    abort.abort();
    await response.text().catch(() => undefined);
    expect((await acme.get('/api/health/ready')).status).toBe(200);
    expect(await exportOf(acme, '?action=session.start')).toHaveLength(1 + 1);
  });
});
