import 'reflect-metadata';
import { CREDENTIAL_PROVIDER_IDS, PROVIDERS, type ProviderId } from '@voxreach/contracts';
import { adapterOf, adapterOfCredential } from './registry';

const NUMBER = '+14155550100';
const SID = 'AC0123456789abcdef0123456789abcdef';
const VAPI_CREDENTIAL = '9d6f4a34-6a29-4b4e-8f4c-0c8a4c2f1b11';
const NAME = 'Front desk 0123456789abcdefghijkl';

/** As it goes over the wire: keys without a value are gone. */
const sent = (payload: object | undefined): unknown => JSON.parse(JSON.stringify(payload));

const toCredential = (id: ProviderId, credential: object) =>
  sent(adapterOf(id).toCredential?.(credential, NAME));

const toPhoneNumber = (id: ProviderId, fields: object, vapiCredentialId?: string) =>
  sent(adapterOf(id).toPhoneNumber({ provider: id, ...fields }, vapiCredentialId));

describe('a Twilio number', () => {
  it.each<[string, object, object]>([
    ['the token', { authToken: 'token' }, { twilioAuthToken: 'token' }],
    [
      'the key and its secret',
      { apiKey: 'SK1', apiSecret: 'secret' },
      { twilioApiKey: 'SK1', twilioApiSecret: 'secret' },
    ],
    [
      'all that was given',
      { authToken: 'token', apiKey: 'SK1', apiSecret: 'secret' },
      { twilioAuthToken: 'token', twilioApiKey: 'SK1', twilioApiSecret: 'secret' },
    ],
  ])('is sent with its account and %s, text messages off', (_what, given, login) => {
    const credential = { accountSid: SID, ...given };
    expect(toPhoneNumber('twilio', { number: NUMBER, credential })).toEqual({
      provider: 'twilio',
      number: NUMBER,
      twilioAccountSid: SID,
      smsEnabled: false,
      ...login,
    });
    expect(toCredential('twilio', credential)).toEqual({
      provider: 'twilio',
      name: NAME,
      accountSid: SID,
      ...given,
    });
  });

  it.each([true, false])('has text messages as the client wants them: %s', (smsEnabled) => {
    const credential = { accountSid: SID, authToken: 'token' };
    expect(toPhoneNumber('twilio', { number: NUMBER, credential, smsEnabled })).toMatchObject({ smsEnabled });
  });

  it('never refers to a saved credential', () => {
    const credential = { accountSid: SID, authToken: 'token' };
    expect(toPhoneNumber('twilio', { number: NUMBER, credential }, VAPI_CREDENTIAL)).not.toHaveProperty(
      'credentialId',
    );
  });
});

describe.each([
  ['vonage', { apiKey: 'key', apiSecret: 'secret' }],
  ['telnyx', { apiKey: 'key' }],
] as const)('a %s number', (id, credential) => {
  it('has its credentials sent first, with their name', () => {
    expect(toCredential(id, credential)).toEqual({ provider: id, name: NAME, ...credential });
  });

  it('is then sent with the id that Vapi gave them, and without secrets', () => {
    expect(toPhoneNumber(id, { number: NUMBER, credential }, VAPI_CREDENTIAL)).toEqual({
      provider: id,
      number: NUMBER,
      credentialId: VAPI_CREDENTIAL,
    });
  });

  it('sends only what it knows of its credentials', () => {
    expect(toCredential(id, { ...credential, extra: 'x' })).toEqual({
      provider: id,
      name: NAME,
      ...credential,
    });
  });
});

describe('a SIP trunk', () => {
  it('is sent as it was given, to the last field', () => {
    const trunk = {
      gateways: [
        {
          ip: '198.51.100.7',
          port: 5070,
          netmask: 30,
          inboundEnabled: true,
          outboundEnabled: false,
          outboundProtocol: 'tls',
          optionsPingEnabled: true,
        },
        { ip: '203.0.113.1', inboundEnabled: false },
      ],
      outboundAuthenticationPlan: {
        authUsername: 'bob',
        authPassword: 'pw',
        sipRegisterPlan: { domain: 'example.com', username: 'bob', realm: 'example' },
      },
      outboundLeadingPlusEnabled: true,
      techPrefix: '99',
      sipDiversionHeader: 'sip:x@example.com',
    };
    expect(toCredential('byo-phone-number', trunk)).toEqual({
      provider: 'byo-sip-trunk',
      name: NAME,
      ...trunk,
    });
  });

  it('sends of a bare address only the address', () => {
    expect(toCredential('byo-phone-number', { gateways: [{ ip: '10.0.0.1' }] })).toEqual({
      provider: 'byo-sip-trunk',
      name: NAME,
      gateways: [{ ip: '10.0.0.1' }],
    });
  });

  it('has inbound switched off on host names, and only there', () => {
    const gateways = [
      { ip: 'sip.example.com', port: 5060 },
      { ip: 'out.example.com', inboundEnabled: false },
      { ip: '198.51.100.7' },
    ];
    expect(toCredential('byo-phone-number', { gateways })).toMatchObject({
      gateways: [
        { ip: 'sip.example.com', port: 5060, inboundEnabled: false },
        { ip: 'out.example.com', inboundEnabled: false },
        { ip: '198.51.100.7' },
      ],
    });
  });

  it('leaves what it was given untouched', () => {
    const trunk = { gateways: [{ ip: 'sip.example.com' }] };
    toCredential('byo-phone-number', trunk);
    expect(trunk).toEqual({ gateways: [{ ip: 'sip.example.com' }] });
  });
});

describe('a BYO number', () => {
  const { sipAddress } = adapterOf('byo-phone-number');

  it.each<[string, object, object]>([
    ['a number', { number: NUMBER }, { number: NUMBER }],
    [
      'an extension',
      { number: '1001', numberE164CheckEnabled: false },
      { number: '1001', numberE164CheckEnabled: false },
    ],
    [
      'a number that is to be checked',
      { number: NUMBER, numberE164CheckEnabled: true },
      { number: NUMBER, numberE164CheckEnabled: true },
    ],
    [
      'a SIP URI, by its user part and unchecked',
      { sipUri: 'sip:reception@pbx.example.com' },
      { number: 'reception', numberE164CheckEnabled: false },
    ],
    [
      'a SIP URI, unchecked whatever the caller says',
      { sipUri: 'sip:+14155550100@pbx.example.com:5060', numberE164CheckEnabled: true },
      { number: '+14155550100', numberE164CheckEnabled: false },
    ],
  ])('is sent as %s', (_what, given, expected) => {
    expect(toPhoneNumber('byo-phone-number', given, VAPI_CREDENTIAL)).toEqual({
      provider: 'byo-phone-number',
      credentialId: VAPI_CREDENTIAL,
      ...expected,
    });
  });

  it.each([
    [{ number: NUMBER, sipUri: null }, 'sip.vapi.ai', `${NUMBER}@${VAPI_CREDENTIAL}.sip.vapi.ai`],
    [{ number: '1001', sipUri: null }, 'sip.eu.vapi.ai', `1001@${VAPI_CREDENTIAL}.sip.eu.vapi.ai`],
    [
      { number: null, sipUri: 'sip:reception@pbx.example.com' },
      'sip.vapi.ai',
      `reception@${VAPI_CREDENTIAL}.sip.vapi.ai`,
    ],
  ])('gets its calls at its own address, case %#', (number, host, address) => {
    expect(sipAddress?.(number, VAPI_CREDENTIAL, host)).toBe(address);
  });

  it('has no address without number and SIP URI', () => {
    expect(() => sipAddress?.({ number: null, sipUri: null }, VAPI_CREDENTIAL, 'sip.vapi.ai')).toThrow(
      'A BYO number has a number or a SIP address',
    );
  });
});

describe('a free number', () => {
  it('is asked for with its area code, or with nothing', () => {
    expect(toPhoneNumber('vapi', {})).toEqual({ provider: 'vapi' });
    expect(toPhoneNumber('vapi', { areaCode: '415' })).toEqual({
      provider: 'vapi',
      numberDesiredAreaCode: '415',
    });
  });

  it('has no credentials', () => {
    expect(adapterOf('vapi').toCredential).toBeUndefined();
  });
});

describe('the adapters', () => {
  const ALL = Object.values(PROVIDERS);

  it('map credentials exactly where the descriptor has some', () => {
    for (const { id, credential } of ALL)
      expect([id, adapterOf(id).toCredential !== undefined]).toEqual([id, credential !== null]);
  });

  it('are found by the kind of credential', () => {
    for (const id of CREDENTIAL_PROVIDER_IDS) expect(adapterOfCredential(id).toCredential).toBeDefined();
    expect(adapterOfCredential('byo-sip-trunk')).toBe(adapterOf('byo-phone-number'));
  });

  it('give no address of their own where the carrier knows the way', () => {
    expect(ALL.filter(({ id }) => adapterOf(id).sipAddress !== undefined).map(({ id }) => id)).toEqual([
      'byo-phone-number',
    ]);
  });

  it.each(ALL.filter(({ credential }) => credential?.reusable))(
    'want the credential of Vapi for a $label number',
    ({ id }) => {
      expect(() => toPhoneNumber(id, { number: NUMBER })).toThrow(/needs a .* credential of Vapi's/);
    },
  );

  it('leave name, agent, fallback and webhook to the import', () => {
    const common = { name: 'x', agentId: 'a', fallbackNumber: NUMBER, credentialId: 'ours' };
    const given = {
      ...common,
      number: NUMBER,
      credential: { accountSid: SID, authToken: 'token' },
    };
    for (const { id } of ALL) {
      const payload = JSON.stringify(toPhoneNumber(id, given, VAPI_CREDENTIAL));
      expect(payload).not.toMatch(/"(name|agentId|assistantId|fallbackNumber|fallbackDestination|server)"/);
      expect(payload).not.toContain('ours');
    }
  });
});
