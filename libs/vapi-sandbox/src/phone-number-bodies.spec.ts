import { sandboxForTests } from './testing/sandbox-client';

const E164_TEXT = expect.stringMatching(/^number must be a valid phone number in the E\.164 format/);
const ID = '5d5c9b3e-0000-4000-8000-000000000000';

describe('the body of a phone number', () => {
  const client = sandboxForTests();
  const refusal = async (body: object): Promise<unknown> => {
    const reply = await client().send('POST', '/phone-number', body);
    expect(reply.status).toBe(400);
    expect(reply.body).toMatchObject({ error: 'Bad Request', statusCode: 400 });
    return reply.body.message;
  };

  it('needs a known provider', async () => {
    const text =
      'provider must be one of the following values: twilio, vonage, telnyx, byo-phone-number, vapi';
    expect(await refusal({})).toEqual([text]);
    expect(await refusal({ provider: 'plivo' })).toEqual([text]);
    expect(await refusal({ provider: 'constructor' })).toEqual([text]);
  });

  it('is refused with one text for each bad field', async () => {
    const body = client().twilio({
      number: '5551234',
      name: 'n'.repeat(41),
      smsEnabled: 'no',
      serverUrl: 'https://x.test',
    });
    expect(await refusal(body)).toEqual([
      'property serverUrl should not exist',
      'name must be shorter than or equal to 40 characters',
      E164_TEXT,
      'smsEnabled must be a boolean value',
    ]);
  });

  it.each([
    ['fallbackNumber', '+12025550100'],
    ['sipUri', 'sip:a@example.com'],
    ['credentialId', ID],
    ['id', ID],
    ['status', 'active'],
  ])('of Twilio has no %s', async (field, value) => {
    expect(await refusal(client().twilio({ [field]: value }))).toEqual([
      `property ${field} should not exist`,
    ]);
  });

  it.each(['vonage', 'telnyx', 'byo-phone-number'])(
    'of %s needs a credentialId that is a UUID',
    async (provider) => {
      const number = client().freshNumber();
      expect(await refusal({ provider, number })).toEqual(['credentialId must be a UUID']);
      expect(await refusal({ provider, number, credentialId: 'abc' })).toEqual([
        'credentialId must be a UUID',
      ]);
    },
  );

  it.each(['vonage', 'telnyx'])('of %s needs a number in E.164', async (provider) => {
    expect(await refusal({ provider, credentialId: ID })).toEqual([E164_TEXT]);
    expect(await refusal({ provider, credentialId: ID, number: '02025550100' })).toEqual([E164_TEXT]);
  });

  it.each([
    [{ url: 5 }, 'server.url must be a string'],
    [{ url: 'https://x.test', secret: 's' }, 'server.property secret should not exist'],
    [{ credentialId: 'abc' }, 'server.credentialId must be a UUID'],
    [{ timeoutSeconds: 301 }, 'server.timeoutSeconds must not be greater than 300'],
    ['https://x.test', 'server must be an object'],
  ])('refuses the server %j', async (server, text) => {
    expect(await refusal(client().twilio({ server }))).toEqual([text]);
  });

  it.each([
    [null, 'fallbackDestination must be an object'],
    [{ number: '+12025550100' }, 'fallbackDestination.type must be one of the following values: number, sip'],
    [
      { type: 'number', number: '911' },
      expect.stringMatching(/^fallbackDestination\.number must be a valid phone number in the E\.164/),
    ],
    [{ type: 'sip' }, 'fallbackDestination.sipUri must be a string'],
    [
      { type: 'sip', sipUri: 'sip:a@b.test', number: '1' },
      'fallbackDestination.property number should not exist',
    ],
  ])('refuses the fallback destination %j', async (fallbackDestination, text) => {
    expect(await refusal(client().twilio({ fallbackDestination }))).toEqual([text]);
  });

  it.each([
    [
      [{ on: 'call.started', do: [] }],
      'hooks.0.on must be one of the following values: call.ringing, call.ending',
    ],
    [[{ on: 'call.ringing' }], 'hooks.0.do must be an array'],
    [[{ on: 'call.ringing', do: [{ type: 'say' }] }], 'hooks.0.do.0.exact must be a string'],
    [
      [{ on: 'call.ending', do: { type: 'transfer', destination: { type: 'sip' } } }],
      'hooks.0.do.destination.sipUri must be a string',
    ],
  ])('refuses the hooks %j', async (hooks, text) => {
    expect(await refusal(client().twilio({ hooks }))).toEqual([text]);
  });

  it('keeps everything the schema allows', async () => {
    const body = client().twilio({
      name: 'Front desk',
      smsEnabled: false,
      server: { url: 'https://x.test/hook', timeoutSeconds: 10, headers: { 'x-a': 'b' } },
      fallbackDestination: { type: 'number', number: '911', numberE164CheckEnabled: false, extension: '9' },
      hooks: [{ on: 'call.ringing', do: [{ type: 'say', exact: 'Hello' }] }],
    });
    const made = await client().make('/phone-number', body);
    expect(made).toEqual({
      ...body,
      id: expect.any(String),
      orgId: expect.any(String),
      createdAt: expect.any(String),
      updatedAt: made['createdAt'],
      status: 'active',
    });
    expect((await client().send('GET', `/phone-number/${made.id}`)).body).toEqual(made);
  });
});

describe('a BYO number', () => {
  const client = sandboxForTests();

  it.each([
    ['+12025550100', undefined, 201],
    ['12025550100', undefined, 400],
    ['12025550100', false, 201],
    ['support', false, 201],
    ['ab', false, 400],
    ['a'.repeat(41), false, 400],
    ['front-desk', false, 400],
    [undefined, undefined, 201],
  ])(
    '%s with numberE164CheckEnabled %s is answered with %d',
    async (number, numberE164CheckEnabled, status) => {
      const { id: credentialId } = await client().trunk();
      const body = { provider: 'byo-phone-number', credentialId, number, numberE164CheckEnabled };
      expect((await client().send('POST', '/phone-number', body)).status).toBe(status);
    },
  );

  it('is held to E.164 again when the check is switched on', async () => {
    const { id: credentialId } = await client().trunk();
    const body = {
      provider: 'byo-phone-number',
      credentialId,
      number: '2001',
      numberE164CheckEnabled: false,
    };
    const { id } = await client().make('/phone-number', body);
    const patch = (fields: object): Promise<{ status: number }> =>
      client().send('PATCH', `/phone-number/${id}`, fields);
    expect(await patch({ numberE164CheckEnabled: true })).toMatchObject({ status: 400 });
    expect(await patch({ number: '2002' })).toMatchObject({ status: 200 });
  });

  it('is answered with a field that no schema lists', async () => {
    const { id: credentialId } = await client().trunk();
    const made = await client().make('/phone-number', { provider: 'byo-phone-number', credentialId });
    expect(made['providerResourceId']).toEqual(expect.any(String));
  });
});
