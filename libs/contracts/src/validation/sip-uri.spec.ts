import fc from 'fast-check';
import { EXTENSION_PATTERN, sipUserOf } from './sip-uri';

const user = fc.stringMatching(/^[a-zA-Z0-9+._!~*'()%=-]{1,40}$/);
const host = fc.oneof(fc.ipV4(), fc.domain(), fc.constantFrom('pbx', 'PBX.local', 'a'));

describe('the user part of a SIP URI', () => {
  it('is what stands between sip: and @, for any host and port', () => {
    fc.assert(
      fc.property(user, host, fc.option(fc.integer({ min: 1, max: 65_535 })), (part, name, port) => {
        expect(sipUserOf(`sip:${part}@${name}${port === null ? '' : `:${port}`}`)).toBe(part);
      }),
    );
  });

  it('does not depend on the case of the scheme', () => {
    expect(sipUserOf('SIP:Reception@pbx.example.com')).toBe('Reception');
  });

  it.each([
    '',
    'sip:',
    'sip:@host',
    'sip:user@',
    'sip:user',
    'user@host',
    'tel:+14155550100',
    'sips:user@host',
    'sip:us er@host',
    'sip:a@b@host',
    'sip:user@host;transport=tls',
    'sip:user@host?subject=x',
    'sip:user@host:port',
    'sip:user@host:123456',
    'sip:user@-host',
    'sip:user@host.',
    ' sip:user@host',
    'sip:user@host\n',
  ])('does not exist in %j', (text) => {
    expect(sipUserOf(text)).toBeUndefined();
  });
});

describe('an extension', () => {
  it.each(['100', '1001', 'reception', '+49301', 'A1b2C3', 'a'.repeat(40), `+${'1'.repeat(39)}`])(
    'may be %s',
    (text) => {
      expect(EXTENSION_PATTERN.test(text)).toBe(true);
    },
  );

  it.each([
    '',
    '1',
    '12',
    '+12',
    'a'.repeat(41),
    '10-01',
    '10 01',
    '1001+',
    '++1001',
    'empfänger',
    '*43',
    '1001\n',
  ])('cannot be %j', (text) => {
    expect(EXTENSION_PATTERN.test(text)).toBe(false);
  });
});
