import { VapiClient, VapiError } from '@vapi-ai/server-sdk';
import { API_KEY, sandboxForTests } from './testing/sandbox-client';

describe("Vapi's own SDK, pointed at the sandbox,", () => {
  const client = sandboxForTests();
  const sdk = (): VapiClient =>
    new VapiClient({ token: API_KEY, environment: client().sandbox.url, maxRetries: 0 });

  it('creates, lists, gets, updates and deletes a phone number', async () => {
    const { phoneNumbers } = sdk();
    const made = await phoneNumbers.create({
      provider: 'twilio',
      number: '+12025550123',
      twilioAccountSid: 'AC0123456789abcdef0123456789abcdef',
      twilioAuthToken: 'token',
      smsEnabled: false,
      server: { url: 'https://x.test/hook' },
      fallbackDestination: { type: 'number', number: '+12025550124' },
    });
    expect(made).toMatchObject({ provider: 'twilio', status: 'active', number: '+12025550123' });
    expect(await phoneNumbers.list({ limit: 1 })).toEqual([made]);
    expect(await phoneNumbers.get({ id: made.id })).toEqual(made);
    const updated = await phoneNumbers.update({
      id: made.id,
      body: { provider: 'twilio', name: 'Front desk' },
    });
    expect(updated.name).toBe('Front desk');
    expect(await phoneNumbers.delete({ id: made.id })).toEqual(updated);
    await expect(phoneNumbers.get({ id: made.id })).rejects.toMatchObject({ statusCode: 404 });
  });

  it.each(['vonage', 'telnyx', 'byo-phone-number'] as const)('imports a number of %s', async (provider) => {
    const credential = {
      vonage: () => client().vonageCredential(),
      telnyx: () => client().telnyxCredential(),
      'byo-phone-number': () => client().trunk(),
    }[provider];
    const { id: credentialId } = await credential();
    const made = await sdk().phoneNumbers.create({ provider, number: '+12025550125', credentialId });
    expect(made).toMatchObject({ provider, credentialId, number: '+12025550125' });
  });

  it('gets a free number', async () => {
    const made = await sdk().phoneNumbers.create({ provider: 'vapi', numberDesiredAreaCode: '415' });
    expect(made).toMatchObject({ provider: 'vapi', number: expect.stringMatching(/^\+1415/) });
  });

  it('creates, lists, gets, updates and deletes an assistant', async () => {
    const { assistants } = sdk();
    const made = await assistants.create({
      name: 'Receptionist',
      firstMessage: 'Hello',
      model: { provider: 'openai', model: 'gpt-4o', messages: [{ role: 'system', content: 'Be brief.' }] },
    });
    expect(await assistants.list({ limit: 1 })).toEqual([made]);
    expect(await assistants.get({ id: made.id })).toEqual(made);
    const updated = await assistants.update({ id: made.id, name: 'Front desk' });
    expect(updated).toMatchObject({ name: 'Front desk', model: { provider: 'openai' } });
    expect(await assistants.delete({ id: made.id })).toEqual(updated);
  });

  it('understands a refusal', async () => {
    const refused = sdk().phoneNumbers.create({ provider: 'telnyx', number: '1', credentialId: 'x' });
    await expect(refused).rejects.toBeInstanceOf(VapiError);
    await expect(refused).rejects.toMatchObject({
      statusCode: 400,
      body: { message: expect.arrayContaining(['credentialId must be a UUID']), error: 'Bad Request' },
    });
  });
});
