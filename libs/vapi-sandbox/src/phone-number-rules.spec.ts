import { sandboxForTests } from './testing/sandbox-client';

const NOWHERE = '5d5c9b3e-0000-4000-8000-000000000000';

describe('a phone number', () => {
  const client = sandboxForTests();
  const post = (body: object) => client().send('POST', '/phone-number', body);

  it('must refer to things that exist', async () => {
    const number = client().freshNumber();
    for (const body of [
      client().twilio({ assistantId: NOWHERE }),
      client().twilio({ server: { url: 'https://x.test', credentialId: NOWHERE } }),
      { provider: 'vonage', number, credentialId: NOWHERE },
    ]) {
      const reply = await post(body);
      expect([reply.status, reply.body.message]).toEqual([400, expect.stringContaining('Does Not Exist')]);
    }
  });

  it('must refer to a credential of its own provider', async () => {
    const ids = {
      vonage: (await client().vonageCredential()).id,
      telnyx: (await client().telnyxCredential()).id,
      'byo-phone-number': (await client().trunk()).id,
    };
    for (const [provider, right] of Object.entries(ids)) {
      for (const credentialId of Object.values(ids)) {
        const reply = await post({ provider, number: client().freshNumber(), credentialId });
        expect(reply.status).toBe(credentialId === right ? 201 : 400);
      }
    }
  });

  it('takes a webhook credential for its server and no other', async () => {
    const webhook = await client().webhookCredential();
    const vonage = await client().vonageCredential();
    const server = (credentialId: string) => ({ server: { url: 'https://x.test', credentialId } });
    expect((await post(client().twilio(server(webhook.id)))).status).toBe(201);
    expect((await post(client().twilio(server(vonage.id)))).status).toBe(400);
  });

  it.each([
    [{ twilioAuthToken: 'token' }, 201],
    [{ twilioAuthToken: undefined, twilioApiKey: 'SK1', twilioApiSecret: 'secret' }, 201],
    [{ twilioAuthToken: undefined, twilioApiKey: 'SK1' }, 400],
    [{ twilioAuthToken: '' }, 400],
  ])('of Twilio with %j is answered with %d', async (login, status) => {
    expect((await post(client().twilio(login))).status).toBe(status);
  });

  it('of Twilio is answered with its secrets, which real Vapi does too', async () => {
    const made = await client().make('/phone-number', client().twilio());
    expect(made['twilioAuthToken']).toBe('twilio-token');
    expect((await client().list('/phone-number'))[0]?.['twilioAuthToken']).toBe('twilio-token');
  });

  it('is refused when the account has it already, with a text that tells whose it is', async () => {
    const first = await client().make('/phone-number', client().twilio());
    const { id: credentialId } = await client().trunk();
    const again = await post({ provider: 'byo-phone-number', number: first['number'], credentialId });
    expect([again.status, again.body.message]).toEqual([
      400,
      `Existing Phone Number ${first.id} Has Identical \`number\` ${String(first['number'])}`,
    ]);
    const { operatorNumber, operatorIds } = client().sandbox;
    const operators = await post(client().twilio({ number: operatorNumber }));
    expect(operators.body.message).toContain(operatorIds.phoneNumberId);
  });

  it('may be imported again once it is deleted', async () => {
    const body = client().twilio();
    const { id } = await client().make('/phone-number', body);
    const deleted = await client().send('DELETE', `/phone-number/${id}`);
    expect(deleted).toMatchObject({ status: 200, body: { id } });
    expect((await client().send('GET', `/phone-number/${id}`)).status).toBe(404);
    expect((await post(body)).status).toBe(201);
  });
});

describe('an update of a phone number', () => {
  const client = sandboxForTests();

  it('changes what is sent and nothing else', async () => {
    const made = await client().make('/phone-number', client().twilio({ name: 'Before' }));
    const { status, body } = await client().send('PATCH', `/phone-number/${made.id}`, {
      provider: 'twilio',
      name: 'After',
    });
    expect(status).toBe(200);
    expect(body).toEqual({ ...made, name: 'After', updatedAt: expect.any(String) });
    expect(Date.parse(String(body['updatedAt']))).toBeGreaterThan(Date.parse(String(made['updatedAt'])));
  });

  it('clears assistant and fallback destination by null', async () => {
    const assistant = await client().make('/assistant', { name: 'Agent' });
    const fallbackDestination = { type: 'number', number: '+12025550100' };
    const { id } = await client().make(
      '/phone-number',
      client().twilio({ assistantId: assistant.id, fallbackDestination }),
    );
    const cleared = await client().send('PATCH', `/phone-number/${id}`, {
      assistantId: null,
      fallbackDestination: null,
    });
    expect(cleared.status).toBe(200);
    expect(cleared.body).not.toHaveProperty('assistantId');
    expect(cleared.body).not.toHaveProperty('fallbackDestination');
  });

  it('works without provider and refuses another one', async () => {
    const { id } = await client().make('/phone-number', client().twilio());
    expect((await client().send('PATCH', `/phone-number/${id}`, { name: 'New' })).status).toBe(200);
    const other = await client().send('PATCH', `/phone-number/${id}`, { provider: 'telnyx', name: 'New' });
    expect([other.status, other.body.message]).toEqual([
      400,
      ['provider must be one of the following values: twilio'],
    ]);
  });

  it.each([
    [{ name: null }, 'name must be a string'],
    [{ numberDesiredAreaCode: '415' }, 'property numberDesiredAreaCode should not exist'],
    [{ status: 'active' }, 'property status should not exist'],
    [{ server: null }, 'server must be an object'],
  ])('refuses %j', async (patch, text) => {
    const { id } = await client().make('/phone-number', { provider: 'vapi' });
    const { status, body } = await client().send('PATCH', `/phone-number/${id}`, patch);
    expect([status, body.message]).toEqual([400, [text]]);
  });

  it("refuses another object's number and accepts its own", async () => {
    const one = await client().make('/phone-number', client().twilio());
    const other = await client().make('/phone-number', client().twilio());
    const patch = (number: unknown) => client().send('PATCH', `/phone-number/${one.id}`, { number });
    expect((await patch(other['number'])).body.message).toContain(other.id);
    expect((await patch(one['number'])).status).toBe(200);
  });
});
