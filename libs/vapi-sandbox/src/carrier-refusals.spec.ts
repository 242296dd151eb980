import { sandboxForTests } from './testing/sandbox-client';

const SIP_REFUSAL = "Couldn't validate SIP trunk credential. SIP gateway creation failed.";

describe('the carrier', () => {
  const client = sandboxForTests();
  const refusal = async (path: string, body: object): Promise<unknown> => {
    const reply = await client().send('POST', path, body);
    expect([reply.status, reply.body['error']]).toEqual([400, 'Bad Request']);
    return reply.body.message;
  };

  it.each([
    [{ twilioAuthToken: 'refused' }],
    [{ twilioAuthToken: undefined, twilioApiKey: 'SK1', twilioApiSecret: 'is-refused-here' }],
  ])('Twilio refuses an import with %j', async (login) => {
    expect(await refusal('/phone-number', client().twilio(login))).toMatch(/^Couldn't Validate Twilio/);
  });

  it('Twilio does not look at key and secret when there is a token', async () => {
    const body = client().twilio({ twilioApiKey: 'SK1', twilioApiSecret: 'refused' });
    expect((await client().send('POST', '/phone-number', body)).status).toBe(201);
  });

  it('Vonage and Telnyx refuse a credential', async () => {
    expect(await refusal('/credential', { provider: 'vonage', apiKey: 'key', apiSecret: 'refused' })).toBe(
      "Couldn't Validate Vonage Credential. Error: 401 Unauthorized.",
    );
    expect(await refusal('/credential', { provider: 'telnyx', apiKey: 'refused' })).toBe(
      "Couldn't Validate Telnyx Credential. Error: 401 Unauthorized.",
    );
  });

  it('has no number that ends in 0404', async () => {
    const number = '+12025550404';
    const vonage = await client().vonageCredential();
    const telnyx = await client().telnyxCredential();
    expect(await refusal('/phone-number', client().twilio({ number }))).toBe('Number Not Found on Twilio');
    expect(await refusal('/phone-number', { provider: 'vonage', number, credentialId: vonage.id })).toMatch(
      /^Couldn't Update Vonage Number\. Error: 404/,
    );
    expect(await refusal('/phone-number', { provider: 'telnyx', number, credentialId: telnyx.id })).toMatch(
      /^Couldn't Update Telnyx Number\. Error: 404/,
    );
  });

  it.each([{ ip: '203.0.113.99' }, { ip: 'sip.carrier.invalid', inboundEnabled: false }])(
    'does not answer at the gateway %j',
    async (gateway) => {
      const gateways = [{ ip: '198.51.100.7' }, gateway];
      expect(await refusal('/credential', { provider: 'byo-sip-trunk', gateways })).toBe(SIP_REFUSAL);
    },
  );

  it('is asked again on updates', async () => {
    const number = await client().make('/phone-number', client().twilio());
    const telnyx = await client().telnyxCredential();
    const patch = (path: string, body: object) => client().send('PATCH', path, body);
    expect((await patch(`/phone-number/${number.id}`, { twilioAuthToken: 'refused' })).status).toBe(400);
    expect((await patch(`/credential/${telnyx.id}`, { apiKey: 'refused' })).status).toBe(400);
  });
});
