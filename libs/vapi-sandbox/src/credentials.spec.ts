import { sandboxForTests } from './testing/sandbox-client';

describe('a credential', () => {
  const client = sandboxForTests();
  const refusal = async (body: object): Promise<unknown> => {
    const reply = await client().send('POST', '/credential', body);
    expect(reply.status).toBe(400);
    return reply.body.message;
  };

  it('of Twilio, Vonage, Telnyx or a trunk is answered without its write-only secrets', async () => {
    const own = {
      id: expect.any(String),
      orgId: expect.any(String),
      createdAt: expect.any(String),
      updatedAt: expect.any(String),
    };
    const make = (body: object) => client().make('/credential', body);
    const twilio = { provider: 'twilio', accountSid: 'AC1', name: 'Main' };
    expect(await make({ ...twilio, authToken: 's', apiKey: 's', apiSecret: 's' })).toEqual({
      ...twilio,
      ...own,
    });
    const vonage = { provider: 'vonage', apiKey: 'key' };
    expect(await make({ ...vonage, apiSecret: 's' })).toEqual({
      ...vonage,
      vonageApplicationId: expect.any(String),
      ...own,
    });
    expect(await make({ provider: 'telnyx', apiKey: 's' })).toEqual({ provider: 'telnyx', ...own });
    const gateways = [{ ip: '198.51.100.7', port: 5080 }];
    const plan = { authUsername: 'user' };
    expect(
      await make({
        provider: 'byo-sip-trunk',
        gateways,
        outboundAuthenticationPlan: { ...plan, authPassword: 's' },
      }),
    ).toEqual({ provider: 'byo-sip-trunk', gateways, outboundAuthenticationPlan: plan, ...own });
  });

  it('keeps its secrets out of lists, updates and deletions too', async () => {
    const { id } = await client().vonageCredential({ apiSecret: 'hidden' });
    const listed = await client().send('GET', '/credential');
    const got = await client().send('GET', `/credential/${id}`);
    const updated = await client().send('PATCH', `/credential/${id}`, { apiSecret: 'hidden-2', name: 'New' });
    const held = client()
      .sandbox.snapshot()
      .credentials.find((item) => item.id === id);
    expect(held?.['apiSecret']).toBe('hidden-2');
    const deleted = await client().send('DELETE', `/credential/${id}`);
    expect(JSON.stringify([listed, got, updated, deleted])).not.toContain('hidden');
    expect(updated).toMatchObject({ status: 200, body: { name: 'New' } });
    expect(deleted).toMatchObject({ status: 200, body: { id } });
  });

  it.each([
    [{ provider: 'twilio' }, ['accountSid must be a string']],
    [{ provider: 'vonage', apiKey: 'a' }, ['apiSecret must be a string']],
    [{ provider: 'telnyx', apiKey: 'a', apiSecret: 'b' }, ['property apiSecret should not exist']],
    [{ provider: 'telnyx', apiKey: 'a', name: '' }, ['name must be longer than or equal to 1 characters']],
    [
      { provider: 'telnyx', apiKey: 'a', name: 'n'.repeat(41) },
      ['name must be shorter than or equal to 40 characters'],
    ],
    [{ provider: 'byo-sip-trunk' }, ['gateways must be an array']],
    [
      { provider: 'byo-sip-trunk', gateways: [{ ip: '198.51.100.7' }], sipTrunkingProvider: 'x' },
      ['property sipTrunkingProvider should not exist'],
    ],
    [
      { provider: 'byo-sip-trunk', gateways: [{ port: 70000, netmask: 23, outboundProtocol: 'sctp' }] },
      [
        'gateways.0.ip must be a string',
        'gateways.0.port must not be greater than 65535',
        'gateways.0.netmask must not be less than 24',
        'gateways.0.outboundProtocol must be one of the following values: tls/srtp, tcp, tls, udp',
      ],
    ],
    [
      { provider: 'webhook', authenticationPlan: { type: 'bearer' } },
      ['authenticationPlan.token must be a string'],
    ],
    [
      { provider: 'webhook', authenticationPlan: { type: 'basic' } },
      ['authenticationPlan.type must be one of the following values: bearer, oauth2, hmac'],
    ],
    [
      { provider: 'plivo' },
      [
        'provider must be one of the following values: twilio, vonage, telnyx, byo-sip-trunk, webhook, custom-credential',
      ],
    ],
  ])('is refused as %j', async (body, texts) => {
    expect(await refusal(body)).toEqual(texts);
  });

  it('cannot change its provider', async () => {
    const { id } = await client().telnyxCredential();
    const { body } = await client().send('PATCH', `/credential/${id}`, { provider: 'vonage' });
    expect(body.message).toEqual(['provider must be one of the following values: telnyx']);
  });

  it('is not deleted while a number uses it', async () => {
    const telnyx = await client().telnyxCredential();
    const webhook = await client().webhookCredential();
    const { id } = await client().make('/phone-number', {
      provider: 'telnyx',
      number: client().freshNumber(),
      credentialId: telnyx.id,
      server: { url: 'https://x.test', credentialId: webhook.id },
    });
    const remove = async (credentialId: string): Promise<number> =>
      (await client().send('DELETE', `/credential/${credentialId}`)).status;
    expect([await remove(telnyx.id), await remove(webhook.id)]).toEqual([400, 400]);
    await client().send('DELETE', `/phone-number/${id}`);
    expect([await remove(telnyx.id), await remove(webhook.id)]).toEqual([200, 200]);
  });
});

describe('a SIP trunk', () => {
  const client = sandboxForTests();

  const TRUNK = {
    provider: 'byo-sip-trunk',
    gateways: [
      {
        ip: 'sip.carrier.test',
        port: 5061,
        inboundEnabled: false,
        outboundProtocol: 'tls/srtp',
        optionsPingEnabled: true,
      },
      { ip: '198.51.100.0', netmask: 24, outboundEnabled: false },
      { ip: '203.0.113.0', netmask: 30, outboundEnabled: false },
    ],
    outboundAuthenticationPlan: {
      authUsername: 'user',
      sipRegisterPlan: { domain: 'carrier.test', username: 'other', realm: 'realm' },
    },
    outboundLeadingPlusEnabled: true,
    techPrefix: '99',
    sipDiversionHeader: 'sip:main@carrier.test',
  };

  it('keeps all that is published of it, and replaces its gateways whole', async () => {
    const { id, ...made } = await client().make('/credential', TRUNK);
    expect(made).toMatchObject(TRUNK);
    const gateways = [{ ip: '198.51.100.7' }];
    const { body } = await client().send('PATCH', `/credential/${id}`, { gateways });
    expect(body).toMatchObject({ ...TRUNK, gateways });
  });

  it('may have to register with nothing more to say', async () => {
    const outboundAuthenticationPlan = { authUsername: 'user', sipRegisterPlan: {} };
    expect(await client().trunk({ outboundAuthenticationPlan })).toMatchObject({
      outboundAuthenticationPlan,
    });
  });

  it.each<[object, string]>([
    [{ gateways: ['198.51.100.7'] }, 'gateways.0 must be an object'],
    [{ gateways: [{ ip: 7 }] }, 'gateways.0.ip must be a string'],
    [{ gateways: [{ ip: '198.51.100.7', port: '5060' }] }, 'gateways.0.port must be a number'],
    [{ gateways: [{ ip: '198.51.100.7', port: 0 }] }, 'gateways.0.port must not be less than 1'],
    [{ gateways: [{ ip: '198.51.100.7', netmask: 33 }] }, 'gateways.0.netmask must not be greater than 32'],
    [
      { gateways: [{ ip: '198.51.100.7', inboundEnabled: 'no' }] },
      'gateways.0.inboundEnabled must be a boolean',
    ],
    [
      { gateways: [{ ip: '198.51.100.7', outboundEnabled: 1 }] },
      'gateways.0.outboundEnabled must be a boolean',
    ],
    [
      { gateways: [{ ip: '198.51.100.7', optionsPingEnabled: null }] },
      'gateways.0.optionsPingEnabled must be a boolean',
    ],
    [
      { gateways: [{ ip: '198.51.100.7' }, { ip: '198.51.100.8', transport: 'udp' }] },
      'gateways.1.property transport should not exist',
    ],
    [
      { outboundAuthenticationPlan: { realm: 'x' } },
      'outboundAuthenticationPlan.property realm should not exist',
    ],
    [
      { outboundAuthenticationPlan: { sipRegisterPlan: { port: 5060 } } },
      'outboundAuthenticationPlan.sipRegisterPlan.property port should not exist',
    ],
    [{ outboundLeadingPlusEnabled: 'yes' }, 'outboundLeadingPlusEnabled must be a boolean'],
    [{ techPrefix: 'x'.repeat(10_001) }, 'techPrefix must be shorter than or equal to 10000'],
  ])('is refused with %j: %s', async (fields, text) => {
    const reply = await client().send('POST', '/credential', { ...TRUNK, ...fields });
    expect(reply.status).toBe(400);
    expect(reply.body.message).toEqual([expect.stringContaining(text)]);
  });

  it.each([
    [{ ip: '198.51.100.7' }, 201],
    [{ ip: '10.0.0.1' }, 201],
    [{ ip: 'sip.carrier.test', inboundEnabled: false }, 201],
    [{ ip: 'sip.carrier.test' }, 400],
    [{ ip: 'sip.carrier.test', inboundEnabled: true }, 400],
    [{ ip: 'not a host', inboundEnabled: false }, 400],
  ])('with the gateway %j is answered with %d', async (gateway, status) => {
    const reply = await client().send('POST', '/credential', {
      provider: 'byo-sip-trunk',
      gateways: [gateway],
    });
    expect(reply.status).toBe(status);
    if (status === 400) {
      expect(reply.body.message).toBe("Couldn't validate SIP trunk credential. SIP gateway creation failed.");
    }
  });
});
