import 'reflect-metadata';
import { PROVIDERS } from '../providers/providers';
import { refusedPaths } from '../testing/refusals';
import { ImportPhoneNumberBody } from './import-phone-number.body';

const UUID = '7f0c1f9e-3c1f-4d57-9a8e-5f0d6c3b2a10';

/** The least that each provider's import takes. */
const LEAST = {
  twilio: { number: '+14155550100', credential: { accountSid: 'AC1', authToken: 'token' } },
  vonage: { number: '+14155550100', credentialId: UUID },
  telnyx: { number: '+14155550100', credentialId: UUID },
  'byo-phone-number': { number: '+14155550100', credentialId: UUID },
  vapi: {},
};

describe.each(Object.values(PROVIDERS))('every import, here of $label,', ({ id, body: type }) => {
  const least = { provider: id, ...LEAST[id] };

  it.each<[string, object]>([
    ['the least', {}],
    ['a name', { name: 'Front desk' }],
    ['a name of 80 characters', { name: 'x'.repeat(80) }],
    ['a name in any script', { name: '受付 📞' }],
    ['an agent', { agentId: UUID }],
    ['no agent, said as null', { agentId: null }],
    ['a fallback number', { fallbackNumber: '+442071838750' }],
    ['no fallback number, said as null', { fallbackNumber: null }],
  ])('takes %s', (_what, fields) => {
    expect(refusedPaths(type, { ...least, ...fields })).toEqual([]);
  });

  it.each<[string, object, string]>([
    ['an empty name', { name: '' }, 'name'],
    ['a name of blanks', { name: '   ' }, 'name'],
    ['a name of null', { name: null }, 'name'],
    ['a name of 81 characters', { name: 'x'.repeat(81) }, 'name'],
    ['a name that is no text', { name: 7 }, 'name'],
    ['an agent whose id is no UUID', { agentId: 'bob' }, 'agentId'],
    ['an empty agent', { agentId: '' }, 'agentId'],
    ['a fallback number that is not E.164', { fallbackNumber: '02071838750' }, 'fallbackNumber'],
    ['an empty fallback number', { fallbackNumber: '' }, 'fallbackNumber'],
    ["Vapi's name of the fallback", { fallbackDestination: { type: 'number' } }, 'fallbackDestination'],
    ["Vapi's name of the webhook", { server: { url: 'https://x.test' } }, 'server'],
    ['an organisation', { organizationId: UUID }, 'organizationId'],
    ['an id', { id: UUID }, 'id'],
  ])('refuses %s', (_what, fields, path) => {
    expect(refusedPaths(type, { ...least, ...fields })).toEqual([path]);
  });
});

describe('the provider of an import', () => {
  it.each([undefined, null, ['twilio'], 0, {}])('cannot be %j', (provider) => {
    expect(refusedPaths(ImportPhoneNumberBody, { provider })).toEqual(['provider']);
  });
});
