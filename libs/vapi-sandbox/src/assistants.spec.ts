import { sandboxForTests } from './testing/sandbox-client';

describe('an assistant', () => {
  const client = sandboxForTests();

  it('keeps everything that is sent', async () => {
    const body = {
      name: 'Receptionist',
      firstMessage: 'Hello',
      model: {
        provider: 'openai',
        model: 'gpt-4o',
        temperature: 0.2,
        messages: [{ role: 'system', content: 'Be brief.' }],
      },
      voice: { provider: 'vapi', voiceId: 'Elliot' },
    };
    const made = await client().make('/assistant', body);
    expect(made).toMatchObject({ ...body, id: expect.any(String), createdAt: expect.any(String) });
    expect((await client().send('GET', `/assistant/${made.id}`)).body).toEqual(made);
  });

  it.each([
    [{ name: 'n'.repeat(41) }, 'name must be shorter than or equal to 40 characters'],
    [{ model: 'gpt-4o' }, 'model must be an object'],
    [{ model: { provider: 'openai' } }, 'model.model must be a string'],
    [{ model: { provider: 'openai', model: 'gpt-4o', messages: 'Hi' } }, 'model.messages must be an array'],
    [
      { model: { provider: 'openai', model: 'gpt-4o', messages: [{ role: 'system' }] } },
      'model.messages.0.content must be a string',
    ],
  ])('is refused as %j, new or changed', async (body, text) => {
    const { id } = await client().make('/assistant', { name: 'Agent' });
    for (const [method, path] of [
      ['POST', '/assistant'],
      ['PATCH', `/assistant/${id}`],
    ] as const) {
      const reply = await client().send(method, path, body);
      expect([reply.status, reply.body.message]).toEqual([400, [text]]);
    }
  });

  it('keeps its id whatever an update sends', async () => {
    const made = await client().make('/assistant', { name: 'Agent', firstMessage: 'Hello' });
    const { body } = await client().send('PATCH', `/assistant/${made.id}`, { name: 'Agent 2', id: 'mine' });
    expect(body).toEqual({ ...made, name: 'Agent 2', updatedAt: expect.any(String) });
  });

  it('may be deleted while a number uses it; the number then has none', async () => {
    const { id: assistantId } = await client().make('/assistant', { name: 'Agent' });
    const number = await client().make('/phone-number', client().twilio({ assistantId }));
    expect((await client().send('DELETE', `/assistant/${assistantId}`)).status).toBe(200);
    const { body } = await client().send('GET', `/phone-number/${number.id}`);
    expect(body).not.toHaveProperty('assistantId');
  });
});
