import { sandboxForTests } from './testing/sandbox-client';
import { WebhookReceiver } from './testing/webhook-receiver';

describe('a webhook', () => {
  const client = sandboxForTests();
  let receiver: WebhookReceiver;
  let url: string;
  beforeEach(async () => {
    receiver = new WebhookReceiver();
    url = await receiver.start();
  });
  afterEach(() => receiver.stop());

  const numberWith = async (server: object): Promise<string> =>
    (await client().make('/phone-number', client().twilio({ server: { url, ...server } }))).id;
  const send = (id: string, fields: object = {}) =>
    client().sandbox.sendWebhook(id, { type: 'status-update', status: 'ringing', ...fields });

  it('is posted to the URL of the number, and tells about the number and the call', async () => {
    const id = await numberWith({});
    receiver.reply = { status: 201, text: '{"assistantId":"a"}' };
    expect(await send(id, { call: { id: 'call-1' } })).toEqual({ status: 201, body: { assistantId: 'a' } });
    expect(receiver.received).toHaveLength(1);
    expect(receiver.received[0]).toMatchObject({
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: {
        message: {
          type: 'status-update',
          status: 'ringing',
          timestamp: expect.any(Number),
          phoneNumber: { provider: 'twilio', twilioAuthToken: 'twilio-token' },
          call: { id: 'call-1', phoneNumberId: id },
        },
      },
    });
    expect(receiver.received[0]?.headers).not.toHaveProperty('authorization');
  });

  it('resolves with the text of an answer that is no JSON', async () => {
    receiver.reply = { status: 500, text: 'Oops' };
    expect(await send(await numberWith({}))).toEqual({ status: 500, body: 'Oops' });
  });

  it.each([
    [{}, 'authorization', 'Bearer webhook-token'],
    [{ bearerPrefixEnabled: false }, 'authorization', 'webhook-token'],
    [{ headerName: 'X-Vapi-Secret' }, 'x-vapi-secret', 'Bearer webhook-token'],
    [{ headerName: 'X-Vapi-Secret', bearerPrefixEnabled: false }, 'x-vapi-secret', 'webhook-token'],
  ])('carries the token as the bearer plan %j says', async (plan, header, value) => {
    const { id: credentialId } = await client().webhookCredential(plan);
    await send(await numberWith({ credentialId }));
    expect(receiver.received[0]?.headers[header]).toBe(value);
  });

  it('carries the extra headers of the server, which beat the credential', async () => {
    const { id: credentialId } = await client().webhookCredential();
    await send(await numberWith({ credentialId, headers: { authorization: 'Basic abc', 'x-tenant': '7' } }));
    expect(receiver.received[0]?.headers).toMatchObject({ authorization: 'Basic abc', 'x-tenant': '7' });
  });

  it('is not sent for a number without a server URL', async () => {
    const { id } = await client().make('/phone-number', { provider: 'vapi' });
    await expect(send(id)).rejects.toThrow('has no server URL');
    await expect(send('unknown')).rejects.toThrow('has no server URL');
  });
});
