import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startVapiSandbox } from './index';
import { API_KEY, SandboxClient } from './testing/sandbox-client';

describe('a sandbox with a state file', () => {
  let folder: string;
  let client: SandboxClient;
  const stateFile = (): string => join(folder, 'deep', 'vapi.json');
  const start = async (): Promise<void> => {
    const options = { apiKey: API_KEY, activationMs: 0, stateFile: stateFile() };
    client = new SandboxClient(await startVapiSandbox(options));
  };
  const restart = async (): Promise<void> => {
    await client.sandbox.close();
    await start();
  };

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'vapi-sandbox-'));
    await start();
  });
  afterEach(async () => {
    await client.sandbox.close();
    rmSync(folder, { recursive: true });
  });

  it('still has after a restart what was made, changed and deleted before it', async () => {
    const assistant = await client.make('/assistant', { name: 'Agent' });
    const trunk = await client.trunk();
    const gone = await client.make('/phone-number', client.twilio());
    await client.make('/phone-number', { provider: 'vapi', assistantId: assistant.id });
    await client.send('DELETE', `/phone-number/${gone.id}`);
    await client.send('PATCH', `/credential/${trunk.id}`, { name: 'Trunk 2' });
    const before = await client.list('/phone-number');
    await restart();
    expect((await client.list('/phone-number')).filter(({ provider }) => provider === 'vapi')).toEqual(
      before.filter(({ provider }) => provider === 'vapi'),
    );
    expect((await client.send('GET', `/phone-number/${gone.id}`)).status).toBe(404);
    expect((await client.send('GET', `/credential/${trunk.id}`)).body['name']).toBe('Trunk 2');
    expect((await client.send('GET', `/assistant/${assistant.id}`)).body).toEqual(assistant);
  });

  it('writes no secret into it', async () => {
    await client.make(
      '/phone-number',
      client.twilio({
        twilioAuthToken: 'hush-1',
        twilioApiKey: 'hush-2',
        twilioApiSecret: 'hush-3',
        server: { url: 'https://x.test', headers: { authorization: 'hush-4' } },
      }),
    );
    await client.make('/phone-number', {
      provider: 'vapi',
      sipUri: 'sip:a@sip.vapi.ai',
      authentication: { username: 'u'.repeat(20), password: 'hush-5'.padEnd(20, '5') },
    });
    await client.make('/credential', {
      provider: 'twilio',
      accountSid: 'AC1',
      authToken: 'hush-6',
      apiKey: 'hush-7',
      apiSecret: 'hush-8',
    });
    await client.vonageCredential({ apiKey: 'hush-9', apiSecret: 'hush-10' });
    await client.make('/credential', { provider: 'telnyx', apiKey: 'hush-11' });
    await client.trunk({ outboundAuthenticationPlan: { authUsername: 'user', authPassword: 'hush-12' } });
    await client.webhookCredential({ token: 'hush-13' });
    await client.webhookCredential({
      type: 'hmac',
      token: undefined,
      secretKey: 'hush-14',
      algorithm: 'sha1',
    });
    const text = readFileSync(stateFile(), 'utf8');
    expect(text).toContain('"authUsername": "user"');
    expect(text).not.toMatch(/hush|operator-(twilio|vonage)/);
    expect(JSON.stringify(client.sandbox.snapshot()).match(/hush-\d+/g)).toHaveLength(14);
  });

  it('lets nobody else read it and leaves nothing beside it', async () => {
    await client.make('/assistant', { name: 'Agent' });
    expect(statSync(stateFile()).mode & 0o777).toBe(0o600);
    expect(readdirSync(join(folder, 'deep'))).toEqual(['vapi.json']);
  });

  it('takes updates of a Twilio number after a restart, without its secrets', async () => {
    const { id } = await client.make('/phone-number', client.twilio());
    await restart();
    const { status, body } = await client.send('PATCH', `/phone-number/${id}`, { name: 'New' });
    expect([status, body['name'], body['twilioAuthToken']]).toEqual([200, 'New', undefined]);
  });

  it('refuses to start on a file that holds something else, and leaves it alone', async () => {
    await client.make('/assistant', { name: 'Agent' });
    for (const text of ['{"phoneNumbers":[]}', 'not JSON']) {
      writeFileSync(stateFile(), text);
      await expect(startVapiSandbox({ apiKey: API_KEY, stateFile: stateFile() })).rejects.toThrow();
      expect(readFileSync(stateFile(), 'utf8')).toBe(text);
    }
  });
});
