import type { AgentDetailResponse, AgentResponse, CredentialResponse } from '@voxreach/contracts';
import { bodyOf, type Organization, useApi } from './support/api';
import { letNeedAttention } from './support/attention';
import { createAgent, importNumber, IMPORTS, randomId, saveCredential } from './support/builders';
import { footprintOf } from './support/footprint';
import { pathsOf, problemOf } from './support/problem';

type Referable = AgentResponse | CredentialResponse;

interface Kind {
  what: string;
  table: 'agents' | 'credentials';
  make: (organization: Organization) => Promise<Referable>;
  /** An import that refers to it. */
  importWith: (id: string) => object;
  field: string;
}

const KINDS: Kind[] = [
  {
    what: 'An agent',
    table: 'agents',
    make: (organization) => createAgent(organization),
    importWith: (agentId) => IMPORTS.twilio({ agentId }),
    field: 'agentId',
  },
  {
    what: 'A credential',
    table: 'credentials',
    make: (organization) => saveCredential(organization, 'telnyx'),
    importWith: (credentialId) => IMPORTS.telnyx({ credential: undefined, credentialId }),
    field: 'credentialId',
  },
];

const api = useApi({ env: { VAPI_READ_TIMEOUT_MS: '500', VAPI_WRITE_TIMEOUT_MS: '700' } });

afterEach(() => api.sandbox.clearFaults());

describe.each(KINDS)('$what that needs attention', ({ table, make, importWith, field }) => {
  const route = `/api/${table}`;

  /** One that was interrupted, in an organisation that has nothing else. */
  async function unsettled(lifecycle: 'creating' | 'updating' | 'removing' = 'removing') {
    const acme = await api.organization();
    const before = await footprintOf(api, acme);
    const { id } = await make(acme);
    await letNeedAttention(api.db, table, id, lifecycle);
    const shown = async () => bodyOf(await acme.get<{ items: Referable[] }>(route)).items;
    return { acme, id, before, shown, path: `${route}/${id}` };
  }

  test.each(['creating', 'updating', 'removing'] as const)(
    'is listed with what to do when it was interrupted while %s',
    async (lifecycle) => {
      const { id, shown } = await unsettled(lifecycle);
      expect(await shown()).toEqual([
        expect.objectContaining({ id, attention: 'It was interrupted. Try again, or remove it.' }),
      ]);
    },
  );

  test.each(['creating', 'removing'] as const)(
    'is gone after a retry when it was interrupted while %s',
    async (lifecycle) => {
      const { acme, before, shown, path } = await unsettled(lifecycle);
      expect((await acme.post(`${path}/retry`)).status).toBe(204);
      expect(await shown()).toEqual([]);
      expect(await footprintOf(api, acme)).toEqual(before);
      problemOf(await acme.post(`${path}/retry`), 'NOT_FOUND');
    },
  );

  test('can be removed by a person, whatever was interrupted', async () => {
    const { acme, before, path } = await unsettled('creating');
    expect((await acme.delete(path)).status).toBe(204);
    expect(await footprintOf(api, acme)).toEqual(before);
  });

  test('stays and says so while Vapi is away', async () => {
    const { acme, shown, path } = await unsettled();
    api.sandbox.inject({ kind: 'status', status: 503, times: Infinity });
    expect(problemOf(await acme.post(`${path}/retry`), 'UPSTREAM_UNAVAILABLE').detail).toContain(
      'still needs attention',
    );
    expect(problemOf(await acme.delete(path), 'UPSTREAM_UNAVAILABLE').detail).toContain('marked for removal');
    expect(await shown()).toEqual([expect.objectContaining({ attention: expect.any(String) })]);
  });

  test('cannot be referred to by a new number, which says what to do', async () => {
    const { acme, id } = await unsettled('updating');
    const { result, calls } = await api.callsDuring(() => acme.post('/api/phone-numbers', importWith(id)));
    const problem = problemOf(result, 'CONFLICT');
    expect(pathsOf(problem)).toEqual([field]);
    expect(problem.detail).toMatch(/needs attention.*settle it/);
    expect(calls).toEqual([]);
  });

  test('is nothing to another organisation', async () => {
    const { path } = await unsettled();
    const globex = await api.organization('Globex');
    problemOf(await globex.post(`${path}/retry`), 'NOT_FOUND');
    problemOf(await globex.delete(path), 'NOT_FOUND');
    expect(bodyOf(await globex.get<{ items: Referable[] }>(route)).items).toEqual([]);
  });

  test('is another one than those that are well, which cannot be tried again', async () => {
    const acme = await api.organization();
    const { id, attention } = await make(acme);
    expect(attention).toBeNull();
    problemOf(await acme.post(`${route}/${id}/retry`), 'CONFLICT');
    problemOf(await acme.post(`${route}/${randomId()}/retry`), 'NOT_FOUND');
  });
});

describe('An agent whose change was interrupted', () => {
  async function unsettled() {
    const acme = await api.organization();
    const agent = await createAgent(acme, { firstMessage: 'Hello!' });
    const number = await importNumber(acme, IMPORTS.twilio({ agentId: agent.id }));
    await letNeedAttention(api.db, 'agents', agent.id, 'updating');
    return { acme, agent, number, path: `/api/agents/${agent.id}` };
  }

  test('is as any other after a retry, and keeps its numbers', async () => {
    const { acme, agent, path } = await unsettled();
    const reply = await acme.post<AgentResponse>(`${path}/retry`);
    expect(reply.status).toBe(200);
    expect(reply.body).toEqual({ ...agent, phoneNumberCount: 1 });
    expect((await acme.patch(path, { name: 'Reception' })).status).toBe(200);
  });

  test('cannot be changed before, which says what to do', async () => {
    const { acme, path } = await unsettled();
    const { result, calls } = await api.callsDuring(() => acme.patch(path, { name: 'Reception' }));
    expect(problemOf(result, 'CONFLICT').detail).toMatch(/needs attention first.*Try again.*remove/);
    expect(calls).toEqual([]);
  });

  test('cannot be assigned to another number', async () => {
    const { acme, agent } = await unsettled();
    const other = await importNumber(acme);
    const reply = await acme.patch(`/api/phone-numbers/${other.id}`, { agentId: agent.id });
    expect(pathsOf(problemOf(reply, 'CONFLICT'))).toEqual(['agentId']);
  });

  test('is not removed while it answers numbers', async () => {
    const { acme, number, path } = await unsettled();
    const problem = problemOf(await acme.delete(path), 'CONFLICT');
    expect(problem.usedBy).toEqual([{ id: number.id, name: number.name }]);
  });

  test('can still be read, with the words that Vapi holds', async () => {
    const { acme, path } = await unsettled();
    const detail = bodyOf(await acme.get<AgentDetailResponse>(path));
    expect(detail).toMatchObject({ firstMessage: 'Hello!', attention: expect.any(String) });
  });

  test('says so when Vapi no longer has it', async () => {
    const { acme, agent, path } = await unsettled();
    const assistant = api.sandbox
      .snapshot()
      .assistants.find(({ metadata }) => (metadata as { voxreachId?: string })?.voxreachId === agent.id);
    await fetch(`${api.sandbox.url}/assistant/${assistant?.id}`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${api.env['VAPI_API_KEY']}` },
    });
    const problem = problemOf(await acme.post(`${path}/retry`), 'CONFLICT');
    expect(problem.detail).toMatch(/no longer has this agent.*Remove it/);
  });
});
