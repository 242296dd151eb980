import 'reflect-metadata';
import { ImportByoBody } from '../providers/byo-sip';
import { ImportTelnyxBody, TelnyxCredential } from '../providers/telnyx';
import { ImportVonageBody, VonageCredential } from '../providers/vonage';
import { messageAt, refusedPaths } from '../testing/refusals';

const SAVED = '7f0c1f9e-3c1f-4d57-9a8e-5f0d6c3b2a10';

const CASES = [
  {
    provider: 'vonage',
    type: ImportVonageBody,
    credential: { apiKey: 'key', apiSecret: 'secret' },
    inside: ['credential.apiKey', 'credential.apiSecret'],
  },
  {
    provider: 'telnyx',
    type: ImportTelnyxBody,
    credential: { apiKey: 'key' },
    inside: ['credential.apiKey'],
  },
  {
    provider: 'byo-phone-number',
    type: ImportByoBody,
    credential: { gateways: [{ ip: '198.51.100.7' }] },
    inside: ['credential.gateways'],
  },
];

describe.each(CASES)('the import of a $provider number', ({ provider, type, credential, inside }) => {
  const body = { provider, number: '+14155550100' };

  it('takes a saved credential', () => {
    expect(refusedPaths(type, { ...body, credentialId: SAVED })).toEqual([]);
  });

  it('takes credentials given inline', () => {
    expect(refusedPaths(type, { ...body, credential })).toEqual([]);
  });

  it('asks for credentials when there are none', () => {
    expect(refusedPaths(type, body)).toEqual(['credential']);
    expect(messageAt(type, body, 'credential')).toBe('Enter the credentials, or choose a saved one.');
  });

  it('refuses both at once', () => {
    const both = { ...body, credential, credentialId: SAVED };
    expect(refusedPaths(type, both)).toEqual(['credentialId']);
    expect(messageAt(type, both, 'credentialId')).toContain('not both');
  });

  it.each([
    ['null', null],
    ['a text', 'key'],
    ['a number', 7],
    ['true', true],
  ])('refuses credentials that are %s', (_what, given) => {
    expect(refusedPaths(type, { ...body, credential: given })).toEqual(['credential']);
  });

  it('refuses a list of credentials', () => {
    expect(refusedPaths(type, { ...body, credential: [credential] })).toContain('credential');
    expect(refusedPaths(type, { ...body, credential: [] })).toEqual(['credential']);
  });

  it('names the fields that empty credentials lack', () => {
    expect(refusedPaths(type, { ...body, credential: {} })).toEqual(inside);
  });

  it.each([
    ['empty', ''],
    ['null', null],
    ['no UUID', 'my-key'],
    ['a list', [SAVED]],
  ])('refuses the id of a saved credential that is %s', (_what, credentialId) => {
    expect(refusedPaths(type, { ...body, credentialId })).toEqual(['credentialId']);
  });

  it('refuses unknown fields inside the credentials', () => {
    expect(refusedPaths(type, { ...body, credential: { ...credential, serverUrl: 'x' } })).toEqual([
      'credential.serverUrl',
    ]);
  });

  it.each([
    ['missing', undefined],
    ['null', null],
    ['empty', ''],
    ['without plus', '14155550100'],
    ['with blanks inside', '+1 415 555 0100'],
    ['no text', 14155550100],
    ['a list', ['+14155550100']],
  ])('refuses a number that is %s', (_what, number) => {
    expect(refusedPaths(type, { ...body, credentialId: SAVED, number })).toEqual(['number']);
  });
});

describe.each([
  { name: 'Vonage', type: VonageCredential, given: { apiKey: 'key', apiSecret: 'secret' } },
  { name: 'Telnyx', type: TelnyxCredential, given: { apiKey: 'key' } },
])('$name credentials', ({ type, given }) => {
  it('are taken whole', () => {
    expect(refusedPaths(type, given)).toEqual([]);
  });

  it.each(Object.keys(given))('are refused when %s is missing, empty, null, no text or too long', (field) => {
    for (const value of [undefined, '', '  ', null, 7, {}, 'x'.repeat(513)])
      expect(refusedPaths(type, { ...given, [field]: value })).toEqual([field]);
  });

  it('are refused with unknown fields', () => {
    expect(refusedPaths(type, { ...given, authToken: 'x' })).toEqual(['authToken']);
  });
});
