import 'reflect-metadata';
import { messageAt, refusedPaths } from '../testing/refusals';
import { CreateCredentialBody } from './create-credential.body';

const CREDENTIALS = {
  twilio: { accountSid: 'AC1', authToken: 'token' },
  vonage: { apiKey: 'key', apiSecret: 'secret' },
  telnyx: { apiKey: 'key' },
  'byo-sip-trunk': { gateways: [{ ip: '198.51.100.7' }] },
};

describe.each(Object.entries(CREDENTIALS))('a credential of %s', (provider, credential) => {
  it('is taken, with a name or without', () => {
    expect(refusedPaths(CreateCredentialBody, { provider, credential })).toEqual([]);
    expect(refusedPaths(CreateCredentialBody, { provider, credential, name: 'Main' })).toEqual([]);
  });

  it.each([undefined, null, 'key', 7])('is refused when what is given is %j', (given) => {
    const body = { provider, credential: given };
    expect(refusedPaths(CreateCredentialBody, body)).toEqual(['credential']);
    expect(messageAt(CreateCredentialBody, body, 'credential')).toBe('Enter the credentials of the carrier.');
  });

  it('is refused as a list', () => {
    expect(refusedPaths(CreateCredentialBody, { provider, credential: [credential] })).toContain(
      'credential',
    );
  });

  it('is refused with a field that its own provider does not have', () => {
    expect(
      refusedPaths(CreateCredentialBody, { provider, credential: { ...credential, webhook: 'x' } }),
    ).toEqual(['credential.webhook']);
  });

  it('is held to the rules of its own provider', () => {
    for (const [other, foreign] of Object.entries(CREDENTIALS)) {
      if (other === provider) continue;
      expect(refusedPaths(CreateCredentialBody, { provider, credential: foreign })).not.toEqual([]);
    }
  });

  it.each(['', '  ', null, 7, 'x'.repeat(81)])('is refused with the name %j', (name) => {
    expect(refusedPaths(CreateCredentialBody, { provider, credential, name })).toEqual(['name']);
  });
});

describe('a credential of an unknown provider', () => {
  it.each([undefined, null, '', 'webhook', 'vapi', 'byo-phone-number', 'constructor', ['telnyx']])(
    'is refused at its provider: %j',
    (provider) => {
      const body = { provider, credential: { apiKey: 'key' } };
      expect(refusedPaths(CreateCredentialBody, body)).toContain('provider');
    },
  );
});
