import type { AgentDetailResponse, AgentPage, AgentResponse, PhoneNumberResponse } from '@voxreach/contracts';
import { bodyOf, useApi } from './support/api';
import { createAgent, importNumber, IMPORTS } from './support/builders';
import { pathsOf, problemOf } from './support/problem';

const api = useApi();

const AGENT_FIELDS = ['attention', 'createdAt', 'id', 'name', 'phoneNumberCount', 'updatedAt'];

/** The assistant that Vapi holds for an agent. */
function assistantOf({ id }: { id: string }) {
  const found = api.sandbox
    .snapshot()
    .assistants.find(({ metadata }) => (metadata as { voxreachId?: string } | undefined)?.voxreachId === id);
  if (found === undefined) throw new Error(`Vapi holds no assistant for the agent ${id}`);
  return found;
}

describe('Creating an agent', () => {
  test('makes an assistant at Vapi with the words and the configured model', async () => {
    const acme = await api.organization();
    const { result, calls } = await api.callsDuring(() =>
      acme.post<AgentResponse>('/api/agents', {
        name: ' Front desk ',
        firstMessage: 'Hello!',
        systemPrompt: 'Be brief.',
      }),
    );
    expect(result.status).toBe(201);
    expect(result.body).toEqual({
      id: expect.any(String),
      name: 'Front desk',
      phoneNumberCount: 0,
      attention: null,
      createdAt: expect.stringMatching(/Z$/),
      updatedAt: expect.stringMatching(/Z$/),
    });
    expect(calls.map(({ method, path }) => `${method} ${path}`)).toEqual(['POST /assistant']);
    expect(calls[0]?.body).toEqual({
      name: 'Front desk',
      firstMessage: 'Hello!',
      model: {
        provider: 'openai',
        model: 'gpt-4o',
        messages: [{ role: 'system', content: 'Be brief.' }],
      },
      metadata: { voxreachId: result.body.id },
    });
  });

  test('needs no more than a name', async () => {
    const acme = await api.organization();
    const { calls } = await api.callsDuring(() => createAgent(acme, { name: 'Quiet' }));
    expect(calls[0]?.body).toEqual({
      name: 'Quiet',
      model: { provider: 'openai', model: 'gpt-4o' },
      metadata: { voxreachId: expect.any(String) },
    });
  });

  test.each([
    ['no name', {}, ['name']],
    ['an empty name', { name: '  ' }, ['name']],
    ['a name of 41 characters', { name: 'x'.repeat(41) }, ['name']],
    ['a null first message', { name: 'A', firstMessage: null }, ['firstMessage']],
    ['instructions that are no text', { name: 'A', systemPrompt: ['x'] }, ['systemPrompt']],
    ['instructions that are too long', { name: 'A', systemPrompt: 'x'.repeat(20_001) }, ['systemPrompt']],
    ['an assistant of its own choice', { name: 'A', vapiAssistantId: 'x' }, ['vapiAssistantId']],
  ])('is refused with %s', async (_what, body, paths) => {
    const acme = await api.organization();
    const { result, calls } = await api.callsDuring(() => acme.post('/api/agents', body));
    expect(pathsOf(problemOf(result, 'VALIDATION_FAILED'))).toEqual(paths);
    expect(calls).toEqual([]);
  });

  test('leaves nothing behind when Vapi is down', async () => {
    const acme = await api.organization();
    api.sandbox.inject({ kind: 'status', status: 500, method: 'POST', path: /^\/assistant$/ });
    problemOf(await acme.post('/api/agents', { name: 'Nobody' }), 'UPSTREAM_UNAVAILABLE');
    expect(bodyOf(await acme.get<AgentPage>('/api/agents')).items).toEqual([]);
    expect(api.sandbox.snapshot().assistants.filter(({ name }) => name === 'Nobody')).toEqual([]);
  });

  test.each(['reset-after', 'missing-id', 'garbage'] as const)(
    'adopts the assistant that Vapi made although its answer was lost (%s)',
    async (kind) => {
      const acme = await api.organization();
      api.sandbox.inject({ kind, method: 'POST', path: /^\/assistant$/ });
      const name = `Lost ${kind}`;
      const agent = await createAgent(acme, { name });
      expect(assistantOf(agent).name).toBe(name);
      expect(api.sandbox.snapshot().assistants.filter((item) => item.name === name)).toHaveLength(1);
    },
  );

  test('passes on what Vapi says is wrong with it', async () => {
    const acme = await api.organization();
    api.sandbox.inject({
      kind: 'status',
      status: 400,
      message: ['name contains profanity'],
      method: 'POST',
      path: /^\/assistant$/,
    });
    const problem = problemOf(await acme.post('/api/agents', { name: 'Rude' }), 'PROVIDER_REJECTED');
    expect(problem.detail).toContain('name contains profanity');
    expect(bodyOf(await acme.get<AgentPage>('/api/agents')).items).toEqual([]);
  });
});

describe('Reading agents', () => {
  test('lists the newest first, page by page', async () => {
    const acme = await api.organization();
    for (const name of ['One', 'Two', 'Three']) await createAgent(acme, { name });
    const first = bodyOf(await acme.get<AgentPage>('/api/agents?limit=2'));
    expect(first.items.map(({ name }) => name)).toEqual(['Three', 'Two']);
    expect(Object.keys(first.items[0] ?? {}).toSorted()).toEqual(AGENT_FIELDS);
    const second = bodyOf(
      await acme.get<AgentPage>(`/api/agents?limit=2&cursor=${String(first.nextCursor)}`),
    );
    expect(second).toEqual({ items: [expect.objectContaining({ name: 'One' })], nextCursor: null });
  });

  test('counts the numbers that an agent answers', async () => {
    const acme = await api.organization();
    const agent = await createAgent(acme);
    await importNumber(acme, IMPORTS.twilio({ agentId: agent.id }));
    await importNumber(acme, IMPORTS.telnyx({ agentId: agent.id }));
    const { items } = bodyOf(await acme.get<AgentPage>('/api/agents'));
    expect(items).toEqual([expect.objectContaining({ id: agent.id, phoneNumberCount: 2 })]);
  });

  test('shows the words as Vapi holds them', async () => {
    const acme = await api.organization();
    const agent = await createAgent(acme, { firstMessage: 'Hello!', systemPrompt: 'Be brief.' });
    const detail = bodyOf(await acme.get<AgentDetailResponse>(`/api/agents/${agent.id}`));
    expect(detail).toEqual({ ...agent, firstMessage: 'Hello!', systemPrompt: 'Be brief.' });
  });
});

describe('Changing an agent', () => {
  test('renames the assistant and sends nothing else', async () => {
    const acme = await api.organization();
    const agent = await createAgent(acme, { systemPrompt: 'Be brief.' });
    const { result, calls } = await api.callsDuring(() =>
      acme.patch<AgentResponse>(`/api/agents/${agent.id}`, { name: 'Reception' }),
    );
    expect(result.status).toBe(200);
    expect(result.body).toEqual({ ...agent, name: 'Reception', updatedAt: expect.any(String) });
    const { id } = assistantOf(agent);
    expect(calls.map(({ method, path, body }) => ({ method, path, body }))).toEqual([
      { method: 'PATCH', path: `/assistant/${id}`, body: { name: 'Reception' } },
    ]);
  });

  test("replaces the instructions and keeps the model's other settings", async () => {
    const acme = await api.organization();
    const agent = await createAgent(acme, { systemPrompt: 'Be brief.' });
    const { id } = assistantOf(agent);
    // The operator has tuned the assistant in Vapi's own dashboard.
    const tuned = {
      provider: 'anthropic',
      model: 'claude-sonnet',
      temperature: 0.2,
      toolIds: ['tool-1'],
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'assistant', content: 'An example.' },
      ],
    };
    await fetch(`${api.sandbox.url}/assistant/${id}`, {
      method: 'PATCH',
      headers: { authorization: `Bearer ${api.env['VAPI_API_KEY']}`, 'content-type': 'application/json' },
      body: JSON.stringify({ model: tuned }),
    });
    bodyOf(await acme.patch(`/api/agents/${agent.id}`, { systemPrompt: 'Be thorough.' }));
    expect(assistantOf(agent)['model']).toEqual({
      ...tuned,
      messages: [
        { role: 'system', content: 'Be thorough.' },
        { role: 'assistant', content: 'An example.' },
      ],
    });
  });

  test('with nothing in it asks Vapi nothing', async () => {
    const acme = await api.organization();
    const agent = await createAgent(acme);
    const { result, calls } = await api.callsDuring(() => acme.patch(`/api/agents/${agent.id}`, {}));
    expect(result.body).toEqual(agent);
    expect(calls).toEqual([]);
  });

  test('leaves the old name when Vapi is down', async () => {
    const acme = await api.organization();
    const agent = await createAgent(acme);
    api.sandbox.inject({ kind: 'status', status: 503, method: 'PATCH' });
    problemOf(await acme.patch(`/api/agents/${agent.id}`, { name: 'New' }), 'UPSTREAM_UNAVAILABLE');
    expect(bodyOf(await acme.get<AgentPage>('/api/agents')).items).toEqual([agent]);
  });
});

describe('Removing an agent', () => {
  test('removes its assistant at Vapi as well', async () => {
    const acme = await api.organization();
    const agent = await createAgent(acme);
    const { id } = assistantOf(agent);
    const { result, calls } = await api.callsDuring(() => acme.delete(`/api/agents/${agent.id}`));
    expect(result.status).toBe(204);
    expect(calls.map(({ method, path }) => `${method} ${path}`)).toEqual([`DELETE /assistant/${id}`]);
    problemOf(await acme.get(`/api/agents/${agent.id}`), 'NOT_FOUND');
    problemOf(await acme.delete(`/api/agents/${agent.id}`), 'NOT_FOUND');
  });

  test('is refused while numbers are assigned to it, and names them', async () => {
    const acme = await api.organization();
    const agent = await createAgent(acme);
    const number = await importNumber(acme, IMPORTS.twilio({ agentId: agent.id, name: 'Hotline' }));
    const problem = problemOf(await acme.delete(`/api/agents/${agent.id}`), 'CONFLICT');
    expect(problem.usedBy).toEqual([{ id: number.id, name: 'Hotline' }]);
    expect(problem.detail).toContain('Hotline');
    expect(assistantOf(agent)).toBeDefined();

    bodyOf(await acme.patch<PhoneNumberResponse>(`/api/phone-numbers/${number.id}`, { agentId: null }));
    expect((await acme.delete(`/api/agents/${agent.id}`)).status).toBe(204);
  });

  test('succeeds for an assistant that the operator has removed at Vapi already', async () => {
    const acme = await api.organization();
    const agent = await createAgent(acme);
    await fetch(`${api.sandbox.url}/assistant/${assistantOf(agent).id}`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${api.env['VAPI_API_KEY']}` },
    });
    expect((await acme.delete(`/api/agents/${agent.id}`)).status).toBe(204);
  });

  test('that Vapi cannot carry out now leaves the agent', async () => {
    const acme = await api.organization();
    const agent = await createAgent(acme);
    const end = api.sandbox.inject({ kind: 'status', status: 401, method: 'DELETE', times: Infinity });
    problemOf(await acme.delete(`/api/agents/${agent.id}`), 'UPSTREAM_UNAVAILABLE');
    end();
    expect(bodyOf(await acme.get<AgentPage>('/api/agents')).items).toEqual([agent]);
    expect((await acme.delete(`/api/agents/${agent.id}`)).status).toBe(204);
  });
});
