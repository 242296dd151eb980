import { startVapiSandbox } from './index';
import { API_KEY, SandboxClient, sandboxForTests } from './testing/sandbox-client';

describe('a free Vapi number', () => {
  const client = sandboxForTests({ phoneNumberLimit: 2 });
  const post = (fields: object = {}) =>
    client().send('POST', '/phone-number', { provider: 'vapi', ...fields });

  it('is assigned at creation, in the wanted area', async () => {
    expect((await post()).body['number']).toMatch(/^\+1\d{10}$/);
    expect((await post({ numberDesiredAreaCode: '212' })).body['number']).toMatch(/^\+1212\d{7}$/);
  });

  it('cannot be chosen', async () => {
    expect((await post({ number: '+12125550100' })).body.message).toEqual([
      'property number should not exist',
    ]);
    expect((await post({ numberDesiredAreaCode: '21' })).body.message).toEqual([
      'numberDesiredAreaCode must be longer than or equal to 3 characters',
    ]);
  });

  it('is refused beyond the limit, until one is given back', async () => {
    const { body } = await post();
    expect((await post()).status).toBe(201);
    const beyond = await post();
    expect([beyond.status, beyond.body.message]).toEqual([400, expect.stringContaining('Limit Of 2 Free')]);
    await client().send('DELETE', `/phone-number/${body.id}`);
    expect((await post()).status).toBe(201);
  });

  it('may be a SIP address instead, once in the account', async () => {
    const sipUri = 'sip:front-desk@sip.vapi.ai';
    expect((await post({ sipUri })).body).not.toHaveProperty('number');
    expect((await post({ sipUri: 'SIP:Front-Desk@sip.vapi.ai' })).body.message).toContain(
      'Identical `sipUri`',
    );
    expect((await post({ sipUri: 'sip:a@example.com' })).status).toBe(400);
  });
});

describe('a new number', () => {
  afterEach(() => import.meta.jest.restoreAllMocks());

  it('of any provider is activating until the time is over', async () => {
    const client = new SandboxClient(await startVapiSandbox({ apiKey: API_KEY, activationMs: 4000 }));
    try {
      for (const body of [client.twilio(), { provider: 'vapi' }]) {
        const { id, ...made } = await client.make('/phone-number', body);
        const status = async (): Promise<unknown> =>
          (await client.send('GET', `/phone-number/${id}`)).body['status'];
        expect([made['status'], await status()]).toEqual(['activating', 'activating']);
        const later = Date.parse(String(made['createdAt'])) + 4000;
        import.meta.jest.spyOn(Date, 'now').mockReturnValue(later);
        expect(await status()).toBe('active');
        import.meta.jest.restoreAllMocks();
      }
    } finally {
      await client.sandbox.close();
    }
  });
});
