import { startVapiSandbox } from './index';
import { API_KEY, SandboxClient, sandboxForTests } from './testing/sandbox-client';

describe('behind the back of its client the sandbox', () => {
  const client = sandboxForTests();

  it("starts with the operator's number, credential and assistant", async () => {
    const { operatorIds, operatorNumber } = client().sandbox;
    const { phoneNumbers, credentials, assistants } = client().sandbox.snapshot();
    expect(phoneNumbers).toMatchObject([
      { id: operatorIds.phoneNumberId, number: operatorNumber, name: 'Operator hotline', status: 'active' },
    ]);
    expect(credentials).toMatchObject([{ id: operatorIds.credentialId }]);
    expect(assistants).toMatchObject([{ id: operatorIds.assistantId }]);
  });

  it('shows copies, which change nothing', async () => {
    const { phoneNumbers } = client().sandbox.snapshot();
    Object.assign(phoneNumbers[0] ?? {}, { name: 'Changed' });
    expect(client().sandbox.snapshot().phoneNumbers[0]?.name).toBe('Operator hotline');
  });

  it.each(['active', 'activating', 'blocked'] as const)('can make a number %s', async (status) => {
    const { id } = await client().make('/phone-number', client().twilio());
    client().sandbox.patchPhoneNumber(id, { status, name: 'Drifted' });
    const { body } = await client().send('GET', `/phone-number/${id}`);
    expect([body['status'], body['name']]).toEqual([status, 'Drifted']);
  });

  it('can remove a number', async () => {
    const { id } = await client().make('/phone-number', client().twilio());
    client().sandbox.removePhoneNumber(id);
    expect((await client().send('GET', `/phone-number/${id}`)).status).toBe(404);
    expect(() => client().sandbox.removePhoneNumber(id)).toThrow(id);
    expect(() => client().sandbox.patchPhoneNumber(id, {})).toThrow(id);
  });

  it('goes back to the beginning by reset', async () => {
    const before = client().sandbox.snapshot();
    await client().make('/phone-number', client().twilio());
    await client().vonageCredential();
    client().sandbox.inject({ kind: 'status', status: 500, times: Infinity });
    client().sandbox.reset();
    expect(client().sandbox.requests).toEqual([]);
    expect(client().sandbox.snapshot()).toEqual(before);
    expect((await client().send('GET', '/assistant')).status).toBe(200);
  });
});

describe('closing the sandbox', () => {
  it.each([{ kind: 'hang' } as const, { kind: 'delay', ms: 3_600_000 } as const])(
    'cuts a request held by %j, which then has no effect',
    async (fault) => {
      const client = new SandboxClient(await startVapiSandbox({ apiKey: API_KEY }));
      const { sandbox } = client;
      sandbox.inject(fault);
      const refused = expect(client.send('POST', '/assistant', { name: 'Agent' })).rejects.toThrow(
        'fetch failed',
      );
      while (sandbox.requests.length === 0) await new Promise(setImmediate);
      await sandbox.close();
      await refused;
      expect(sandbox.snapshot().assistants).toHaveLength(1);
    },
  );
});
