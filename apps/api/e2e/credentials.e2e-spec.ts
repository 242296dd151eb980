import type { CredentialPage, CredentialProviderId, CredentialResponse } from '@voxreach/contracts';
import { bodyOf, useApi } from './support/api';
import { CREDENTIALS, importNumber, IMPORTS, saveCredential } from './support/builders';
import { pathsOf, problemOf } from './support/problem';

const api = useApi();

/** Everything that each kind can hold, and how it must reach Vapi. */
const FULL: Record<CredentialProviderId, { sent: object; label: string }> = {
  twilio: {
    label: 'Twilio',
    sent: { accountSid: 'AC0001', authToken: 'token', apiKey: 'SK0001', apiSecret: 'secret' },
  },
  vonage: { label: 'Vonage', sent: { apiKey: 'key', apiSecret: 'secret' } },
  telnyx: { label: 'Telnyx', sent: { apiKey: 'key' } },
  'byo-sip-trunk': {
    label: 'BYO SIP Trunk',
    sent: {
      gateways: [
        {
          ip: '198.51.100.7',
          port: 5080,
          netmask: 29,
          inboundEnabled: true,
          outboundEnabled: false,
          outboundProtocol: 'tls/srtp',
          optionsPingEnabled: true,
        },
        { ip: 'sip.example.com', inboundEnabled: false },
      ],
      outboundAuthenticationPlan: {
        authUsername: 'user',
        authPassword: 'password',
        sipRegisterPlan: { domain: 'example.com', username: 'user', realm: 'realm' },
      },
      outboundLeadingPlusEnabled: true,
      techPrefix: '99',
      sipDiversionHeader: '<sip:x@example.com>',
    },
  },
};

const KINDS = Object.keys(FULL) as CredentialProviderId[];

describe.each(KINDS)('A credential of %s', (provider) => {
  test('is registered with Vapi, field by field, and shown without any secret', async () => {
    const acme = await api.organization();
    const { sent } = FULL[provider];
    const { result, calls } = await api.callsDuring(() =>
      acme.post('/api/credentials', { provider, name: 'Head office', credential: sent }),
    );
    expect(result.status).toBe(201);
    expect(result.body).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      provider,
      name: 'Head office',
      phoneNumberCount: 0,
      attention: null,
      createdAt: expect.stringMatching(/Z$/),
      updatedAt: expect.stringMatching(/Z$/),
    });
    expect(calls.map(({ method, path, body }) => ({ method, path, body }))).toEqual([
      {
        method: 'POST',
        path: '/credential',
        body: { provider, name: expect.stringMatching(/^Head office [\w-]{22}$/), ...sent },
      },
    ]);
  });

  test('gets the name of its provider when it is given none', async () => {
    const acme = await api.organization();
    const credential = await saveCredential(acme, provider);
    expect(credential.name).toBe(FULL[provider].label);
  });

  test('is listed, and removed here and at Vapi', async () => {
    const acme = await api.organization();
    const before = api.sandbox.snapshot().credentials.length;
    const credential = await saveCredential(acme, provider);
    expect(bodyOf(await acme.get<CredentialPage>('/api/credentials'))).toEqual({
      items: [credential],
      nextCursor: null,
    });
    const { result, calls } = await api.callsDuring(() => acme.delete(`/api/credentials/${credential.id}`));
    expect(result.status).toBe(204);
    expect(calls.map(({ method, path }) => `${method} ${path}`)).toEqual([
      expect.stringMatching(/^DELETE \/credential\/[0-9a-f-]{36}$/),
    ]);
    expect(api.sandbox.snapshot().credentials).toHaveLength(before);
    expect(bodyOf(await acme.get<CredentialPage>('/api/credentials')).items).toEqual([]);
    problemOf(await acme.delete(`/api/credentials/${credential.id}`), 'NOT_FOUND');
  });

  test.each([
    ['no credential', {}, 'credential'],
    ['null for a credential', { credential: null }, 'credential'],
    ['a list for a credential', { credential: [CREDENTIALS[provider]] }, 'credential'],
    ['a text for a credential', { credential: 'secret' }, 'credential'],
    ['an unknown field', { credential: { ...CREDENTIALS[provider], region: 'eu' } }, 'credential.region'],
    ['a name that is too long', { credential: CREDENTIALS[provider], name: 'x'.repeat(81) }, 'name'],
    ['an empty name', { credential: CREDENTIALS[provider], name: ' ' }, 'name'],
  ])('is refused with %s', async (_what, body, path) => {
    const acme = await api.organization();
    const { result, calls } = await api.callsDuring(() =>
      acme.post('/api/credentials', { provider, ...body }),
    );
    expect(pathsOf(problemOf(result, 'VALIDATION_FAILED'))).toEqual([path]);
    expect(calls).toEqual([]);
  });

  test('leaves nothing behind when Vapi is down', async () => {
    const acme = await api.organization();
    const before = api.sandbox.snapshot().credentials.length;
    api.sandbox.inject({ kind: 'status', status: 500, method: 'POST', path: /^\/credential$/ });
    problemOf(
      await acme.post('/api/credentials', { provider, credential: CREDENTIALS[provider] }),
      'UPSTREAM_UNAVAILABLE',
    );
    expect(bodyOf(await acme.get<CredentialPage>('/api/credentials')).items).toEqual([]);
    expect(api.sandbox.snapshot().credentials).toHaveLength(before);
  });

  test.each(['reset-after', 'missing-id', 'garbage'] as const)(
    'is adopted when Vapi made it and its answer was lost (%s)',
    async (kind) => {
      const acme = await api.organization();
      const before = api.sandbox.snapshot().credentials.length;
      api.sandbox.inject({ kind, method: 'POST', path: /^\/credential$/ });
      await saveCredential(acme, provider);
      expect(api.sandbox.snapshot().credentials).toHaveLength(before + 1);
    },
  );
});

describe('What each kind of credential demands', () => {
  test.each<[string, CredentialProviderId, object, string[]]>([
    ['an Account SID', 'twilio', { authToken: 'x' }, ['credential.accountSid']],
    [
      'an Account SID that starts with AC',
      'twilio',
      { accountSid: 'SK1', authToken: 'x' },
      ['credential.accountSid'],
    ],
    ['a token or a key with its secret', 'twilio', { accountSid: 'AC1' }, ['credential.authToken']],
    ['the secret of a key', 'twilio', { accountSid: 'AC1', apiKey: 'SK1' }, ['credential.apiSecret']],
    ['the key of a secret', 'twilio', { accountSid: 'AC1', apiSecret: 'x' }, ['credential.apiKey']],
    ['an API key', 'vonage', { apiSecret: 'x' }, ['credential.apiKey']],
    ['an API secret', 'vonage', { apiKey: 'x', apiSecret: '' }, ['credential.apiSecret']],
    ['an API key', 'telnyx', {}, ['credential.apiKey']],
    ['gateways', 'byo-sip-trunk', {}, ['credential.gateways']],
    ['at least one gateway', 'byo-sip-trunk', { gateways: [] }, ['credential.gateways']],
    [
      'a port that exists',
      'byo-sip-trunk',
      { gateways: [{ ip: '198.51.100.7', port: 65_536 }] },
      ['credential.gateways.0.port'],
    ],
    [
      'an address that is one',
      'byo-sip-trunk',
      {
        gateways: [{ ip: '198.51.100.7' }, { ip: 'sip:example.com:5060' }],
      },
      ['credential.gateways.1.ip'],
    ],
    [
      'a username with a password',
      'byo-sip-trunk',
      {
        gateways: [{ ip: '198.51.100.7' }],
        outboundAuthenticationPlan: { authPassword: 'x' },
      },
      ['credential.outboundAuthenticationPlan.authUsername'],
    ],
    [
      'a username to register with',
      'byo-sip-trunk',
      {
        gateways: [{ ip: '198.51.100.7' }],
        outboundAuthenticationPlan: { sipRegisterPlan: { domain: 'example.com' } },
      },
      ['credential.outboundAuthenticationPlan.authUsername'],
    ],
    [
      'each gateway once',
      'byo-sip-trunk',
      {
        gateways: [{ ip: 'sip.example.com' }, { ip: '198.51.100.7' }, { ip: 'SIP.example.com', port: 5060 }],
      },
      ['credential.gateways.2.ip'],
    ],
    [
      'IPv4 for inbound calls',
      'byo-sip-trunk',
      {
        gateways: [{ ip: 'sip.example.com', inboundEnabled: true }],
      },
      ['credential.gateways.0.inboundEnabled'],
    ],
    [
      'no field that Vapi has not',
      'byo-sip-trunk',
      {
        gateways: [{ ip: '198.51.100.7' }],
        sipTrunkingProvider: 'x',
      },
      ['credential.sipTrunkingProvider'],
    ],
  ])('is %s (%s)', async (_what, provider, credential, paths) => {
    const acme = await api.organization();
    const reply = await acme.post('/api/credentials', { provider, credential });
    expect(pathsOf(problemOf(reply, 'VALIDATION_FAILED'))).toEqual(paths);
  });

  test('is one of the four providers', async () => {
    const acme = await api.organization();
    for (const provider of ['vapi', 'byo-phone-number', 'webhook', '__proto__', 'constructor', 7, null]) {
      const reply = await acme.post('/api/credentials', { provider, credential: { apiKey: 'x' } });
      expect(pathsOf(problemOf(reply, 'VALIDATION_FAILED'))).toContain('provider');
    }
  });

  test('is nothing more of Twilio than a key with its secret', async () => {
    const acme = await api.organization();
    const credential = { accountSid: 'AC1', apiKey: 'SK1', apiSecret: 'x' };
    const { calls } = await api.callsDuring(() => saveCredential(acme, 'twilio', { credential }));
    expect(calls[0]?.body).toEqual({ provider: 'twilio', name: expect.any(String), ...credential });
  });
});

describe('A gateway', () => {
  test('with a host name is registered for outbound calls only', async () => {
    const acme = await api.organization();
    const credential = { gateways: [{ ip: 'sip.example.com' }, { ip: '198.51.100.8' }] };
    const { calls } = await api.callsDuring(() => saveCredential(acme, 'byo-sip-trunk', { credential }));
    expect(calls[0]?.body).toMatchObject({
      gateways: [{ ip: 'sip.example.com', inboundEnabled: false }, { ip: '198.51.100.8' }],
    });
  });

  test('with a private address is taken as it is', async () => {
    const acme = await api.organization();
    const credential = { gateways: [{ ip: '10.0.0.7' }] };
    const { calls } = await api.callsDuring(() => saveCredential(acme, 'byo-sip-trunk', { credential }));
    expect(calls[0]?.body).toMatchObject({ gateways: [{ ip: '10.0.0.7' }] });
  });
});

describe('A credential that the carrier refuses', () => {
  test.each<[CredentialProviderId, object, string]>([
    ['vonage', { apiKey: 'key', apiSecret: 'refused' }, 'credential.apiKey'],
    ['telnyx', { apiKey: 'refused' }, 'credential.apiKey'],
    ['byo-sip-trunk', { gateways: [{ ip: '203.0.113.99' }] }, 'credential.gateways.0.ip'],
    [
      'byo-sip-trunk',
      { gateways: [{ ip: 'trunk.invalid', inboundEnabled: false }] },
      'credential.gateways.0.ip',
    ],
  ])('of %s is refused at its field, and nothing is left of it', async (provider, credential, path) => {
    const acme = await api.organization();
    const before = api.sandbox.snapshot().credentials.length;
    const problem = problemOf(
      await acme.post('/api/credentials', { provider, credential }),
      'PROVIDER_REJECTED',
    );
    expect(pathsOf(problem)).toEqual([path]);
    expect(bodyOf(await acme.get<CredentialPage>('/api/credentials')).items).toEqual([]);
    expect(api.sandbox.snapshot().credentials).toHaveLength(before);
    const { rows } = await api.db.query('SELECT 1 FROM credentials WHERE organization_id = $1', [acme.id]);
    expect(rows).toEqual([]);
  });
});

describe('A credential in use', () => {
  test('cannot be removed; the answer names the numbers that use it', async () => {
    const acme = await api.organization();
    const credential = await saveCredential(acme, 'vonage');
    const numbers = [];
    for (const name of ['North', 'South'])
      numbers.push(
        await importNumber(
          acme,
          IMPORTS.vonage({ name, credential: undefined, credentialId: credential.id }),
        ),
      );
    const problem = problemOf(await acme.delete(`/api/credentials/${credential.id}`), 'CONFLICT');
    expect(problem.usedBy).toEqual(numbers.map(({ id, name }) => ({ id, name })).toReversed());

    const { items } = bodyOf(await acme.get<CredentialPage>('/api/credentials'));
    expect(items).toEqual([{ ...credential, phoneNumberCount: 2 }]);
    for (const { id } of numbers) bodyOf(await acme.delete(`/api/phone-numbers/${id}`));
    expect((await acme.delete(`/api/credentials/${credential.id}`)).status).toBe(204);
  });
});

test('Credentials are listed newest first, page by page', async () => {
  const acme = await api.organization();
  for (const name of ['One', 'Two', 'Three', 'Four', 'Five']) await saveCredential(acme, 'telnyx', { name });
  const names: string[] = [];
  let cursor = '';
  for (;;) {
    const page = bodyOf(await acme.get<CredentialPage>(`/api/credentials?limit=2${cursor}`));
    names.push(...page.items.map(({ name }: CredentialResponse) => name));
    if (page.nextCursor === null) break;
    cursor = `&cursor=${page.nextCursor}`;
  }
  expect(names).toEqual(['Five', 'Four', 'Three', 'Two', 'One']);
});
