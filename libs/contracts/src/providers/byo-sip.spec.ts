import 'reflect-metadata';
import fc from 'fast-check';
import { messageAt, refusedPaths } from '../testing/refusals';
import { ByoSipTrunkCredential, ImportByoBody, SipGateway } from './byo-sip';

const SAVED = '7f0c1f9e-3c1f-4d57-9a8e-5f0d6c3b2a10';
const NUMBER = '+14155550100';
const SIP_URI = 'sip:reception@pbx.example.com';

/** An import over a saved trunk, so that only the address is in question. */
const addressed = (fields: object) => ({ provider: 'byo-phone-number', credentialId: SAVED, ...fields });

describe('the address of a BYO number', () => {
  it.each<[string, object]>([
    ['an E.164 number', { number: NUMBER }],
    ['an E.164 number with the check said to be on', { number: NUMBER, numberE164CheckEnabled: true }],
    ['an extension with the check off', { number: '1001', numberE164CheckEnabled: false }],
    ['digits without plus with the check off', { number: '4930123456', numberE164CheckEnabled: false }],
    ['letters with the check off', { number: 'reception', numberE164CheckEnabled: false }],
    ['a plus in front with the check off', { number: '+1001', numberE164CheckEnabled: false }],
    ['a SIP URI', { sipUri: SIP_URI }],
    ['a SIP URI whatever the check says', { sipUri: SIP_URI, numberE164CheckEnabled: true }],
    ['a SIP URI with a port', { sipUri: 'sip:1001@198.51.100.7:5060' }],
    ['a SIP URI with blanks around it', { sipUri: ` ${SIP_URI} ` }],
    ['a user part of 3 characters', { sipUri: 'sip:abc@pbx.example.com' }],
    ['a user part of 40 characters', { sipUri: `sip:${'a1'.repeat(20)}@pbx.example.com` }],
    ['a user part with a plus in front', { sipUri: 'sip:+14155550100@pbx.example.com' }],
  ])('may be %s', (_what, fields) => {
    expect(refusedPaths(ImportByoBody, addressed(fields))).toEqual([]);
  });

  it.each<[string, object, string]>([
    ['missing', {}, 'number'],
    ['an extension while the check is on', { number: '1001' }, 'number'],
    [
      'an extension while the check is said to be on',
      { number: '1001', numberE164CheckEnabled: true },
      'number',
    ],
    ['a number of 2 characters', { number: '12', numberE164CheckEnabled: false }, 'number'],
    ['a number of 41 characters', { number: '1'.repeat(41), numberE164CheckEnabled: false }, 'number'],
    ['a number with a dash', { number: '10-01', numberE164CheckEnabled: false }, 'number'],
    ['an empty number', { number: '', numberE164CheckEnabled: false }, 'number'],
    ['a number of null', { number: null }, 'number'],
    ['a number that is no text', { number: 1001, numberE164CheckEnabled: false }, 'number'],
    ['a check of null', { number: NUMBER, numberE164CheckEnabled: null }, 'numberE164CheckEnabled'],
    ['a check that is a text', { number: NUMBER, numberE164CheckEnabled: 'false' }, 'numberE164CheckEnabled'],
    ['number and SIP URI at once', { number: NUMBER, sipUri: SIP_URI }, 'sipUri'],
    ['a SIP URI of null', { number: NUMBER, sipUri: null }, 'sipUri'],
    ['an empty SIP URI', { sipUri: '' }, 'sipUri'],
    ['a SIP URI without sip:', { sipUri: 'reception@pbx.example.com' }, 'sipUri'],
    ['a sips: URI', { sipUri: 'sips:reception@pbx.example.com' }, 'sipUri'],
    ['a SIP URI without user', { sipUri: 'sip:pbx.example.com' }, 'sipUri'],
    ['a SIP URI without host', { sipUri: 'sip:reception@' }, 'sipUri'],
    ['a SIP URI with a password', { sipUri: 'sip:reception:pw@pbx.example.com' }, 'sipUri'],
    ['a SIP URI with parameters', { sipUri: `${SIP_URI};transport=tls` }, 'sipUri'],
    ['a user part of 2 characters', { sipUri: 'sip:ab@pbx.example.com' }, 'sipUri'],
    ['a user part of 41 characters', { sipUri: `sip:${'a'.repeat(41)}@pbx.example.com` }, 'sipUri'],
    ['a user part with a dot', { sipUri: 'sip:front.desk@pbx.example.com' }, 'sipUri'],
    ['a user part with a plus inside', { sipUri: 'sip:front+desk@pbx.example.com' }, 'sipUri'],
    ['a SIP URI longer than any', { sipUri: `sip:reception@${'a'.repeat(320)}` }, 'sipUri'],
    ['a SIP URI that is no text', { sipUri: { user: 'x' } }, 'sipUri'],
    ['a field that Vapi does not know', { number: NUMBER, sipTrunkingProvider: 'x' }, 'sipTrunkingProvider'],
  ])('is refused when it is %s', (_what, fields, path) => {
    expect(refusedPaths(ImportByoBody, addressed(fields))).toEqual([path]);
  });

  it('is refused when it is a SIP URI beside a number of null', () => {
    expect(refusedPaths(ImportByoBody, addressed({ number: null, sipUri: SIP_URI }))).toEqual([
      'number',
      'sipUri',
    ]);
  });

  it('is refused with the rule for the user part', () => {
    const message = messageAt(
      ImportByoBody,
      addressed({ sipUri: 'sip:front.desk@pbx.example.com' }),
      'sipUri',
    );
    expect(message).toContain('3 to 40 letters and digits, with an optional plus in front');
  });

  it('is refused with the way to enter an extension', () => {
    const message = messageAt(ImportByoBody, addressed({ number: '1001' }), 'number');
    expect(message).toContain('For an extension, switch the check of international numbers off.');
  });

  it('takes every user part of 3 to 40 letters and digits', () => {
    const user = fc.stringMatching(/^\+?[a-zA-Z0-9]{3,40}$/);
    fc.assert(
      fc.property(user, (part) => {
        expect(refusedPaths(ImportByoBody, addressed({ sipUri: `sip:${part}@pbx.example.com` }))).toEqual([]);
        expect(
          refusedPaths(ImportByoBody, addressed({ number: part, numberE164CheckEnabled: false })),
        ).toEqual([]);
      }),
    );
  });
});

describe('a gateway', () => {
  it.each<[string, object]>([
    ['an IPv4 address', { ip: '198.51.100.7' }],
    ['a private address', { ip: '10.0.0.1' }],
    ['a host name', { ip: 'sip.example.com' }],
    ['a host name of one label', { ip: 'pbx' }],
    ['a host name with outbound only', { ip: 'sip.example.com', inboundEnabled: false }],
    ['an address with inbound on', { ip: '198.51.100.7', inboundEnabled: true }],
    ['blanks around the address', { ip: ' 198.51.100.7 ' }],
    ['the first port', { ip: '198.51.100.7', port: 1 }],
    ['the last port', { ip: '198.51.100.7', port: 65535 }],
    ['the widest network', { ip: '198.51.100.0', netmask: 24 }],
    ['a single address', { ip: '198.51.100.7', netmask: 32 }],
    ['every protocol, here tls/srtp', { ip: '198.51.100.7', outboundProtocol: 'tls/srtp' }],
    ['all flags', { ip: '198.51.100.7', outboundEnabled: false, optionsPingEnabled: true }],
  ])('takes %s', (_what, gateway) => {
    expect(refusedPaths(SipGateway, gateway)).toEqual([]);
  });

  const at = (fields: object) => ({ ip: '198.51.100.7', ...fields });

  it.each<[string, object, string]>([
    ['nothing', {}, 'ip'],
    ['an address of null', { ip: null }, 'ip'],
    ['an empty address', { ip: '' }, 'ip'],
    ['an octet above 255', { ip: '198.51.100.256' }, 'ip'],
    ['three octets', { ip: '198.51.100' }, 'ip'],
    ['five octets', { ip: '198.51.100.7.1' }, 'ip'],
    ['an octet with a leading zero', { ip: '198.51.100.07' }, 'ip'],
    ['an address with a port', { ip: '198.51.100.7:5060' }, 'ip'],
    ['an address with sip: in front', { ip: 'sip:198.51.100.7' }, 'ip'],
    ['an IPv6 address', { ip: '2001:db8::1' }, 'ip'],
    ['a host name with an underscore', { ip: 'my_pbx.example.com' }, 'ip'],
    ['a host name with a blank', { ip: 'my pbx' }, 'ip'],
    ['an address that is no text', { ip: 3_325_256_711 }, 'ip'],
    ['port 0', at({ port: 0 }), 'port'],
    ['port 65536', at({ port: 65_536 }), 'port'],
    ['half a port', at({ port: 5060.5 }), 'port'],
    ['a port as a text', at({ port: '5060' }), 'port'],
    ['a port of null', at({ port: null }), 'port'],
    ['netmask 23', at({ netmask: 23 }), 'netmask'],
    ['netmask 33', at({ netmask: 33 }), 'netmask'],
    ['a netmask as a text', at({ netmask: '24' }), 'netmask'],
    ['an unknown protocol', at({ outboundProtocol: 'sctp' }), 'outboundProtocol'],
    ['a protocol of null', at({ outboundProtocol: null }), 'outboundProtocol'],
    ['inbound as a text', at({ inboundEnabled: 'false' }), 'inboundEnabled'],
    ['inbound of null', at({ inboundEnabled: null }), 'inboundEnabled'],
    ['outbound as a number', at({ outboundEnabled: 1 }), 'outboundEnabled'],
    ['pings as a text', at({ optionsPingEnabled: 'yes' }), 'optionsPingEnabled'],
    ['a host name with inbound on', { ip: 'sip.example.com', inboundEnabled: true }, 'inboundEnabled'],
    ['an unknown field', at({ sipTrunkingProvider: 'x' }), 'sipTrunkingProvider'],
  ])('refuses %s', (_what, gateway, path) => {
    expect(refusedPaths(SipGateway, gateway)).toEqual([path]);
  });

  it('says that inbound calls need an IPv4 address', () => {
    const message = messageAt(SipGateway, { ip: 'sip.example.com', inboundEnabled: true }, 'inboundEnabled');
    expect(message).toContain('Inbound calls need an IPv4 address');
  });

  it('takes any IPv4 address, with inbound calls or without', () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.boolean(), (ip, inboundEnabled) => {
        expect(refusedPaths(SipGateway, { ip, inboundEnabled })).toEqual([]);
      }),
    );
  });
});

describe('a SIP trunk', () => {
  const GATEWAYS = [{ ip: '198.51.100.7' }];

  it.each<[string, object]>([
    ['one gateway', { gateways: GATEWAYS }],
    [
      'an outbound host name beside several inbound networks',
      {
        gateways: [
          { ip: 'sip.example.com', inboundEnabled: false },
          { ip: '198.51.100.0', netmask: 24, outboundEnabled: false },
          { ip: '203.0.113.0', netmask: 30, outboundEnabled: false },
        ],
      },
    ],
    [
      '64 gateways',
      { gateways: Array.from({ length: 64 }, (_, index) => ({ ip: '198.51.100.7', port: 5060 + index })) },
    ],
    [
      'an address over two transports',
      { gateways: [{ ip: '198.51.100.7' }, { ip: '198.51.100.7', outboundProtocol: 'tcp' }] },
    ],
    ['a username alone', { gateways: GATEWAYS, outboundAuthenticationPlan: { authUsername: 'bob' } }],
    [
      'a login with registration',
      {
        gateways: GATEWAYS,
        outboundAuthenticationPlan: {
          authUsername: 'bob',
          authPassword: ' blanks count ',
          sipRegisterPlan: { domain: 'example.com', username: 'bob', realm: 'example' },
        },
      },
    ],
    [
      'an empty registration',
      { gateways: GATEWAYS, outboundAuthenticationPlan: { authUsername: 'bob', sipRegisterPlan: {} } },
    ],
    [
      'the rarer settings',
      { gateways: GATEWAYS, outboundLeadingPlusEnabled: true, techPrefix: '99', sipDiversionHeader: 'x' },
    ],
  ])('takes %s', (_what, trunk) => {
    expect(refusedPaths(ByoSipTrunkCredential, trunk)).toEqual([]);
  });

  it.each<[string, unknown]>([
    ['missing', undefined],
    ['null', null],
    ['a text', '198.51.100.7'],
    ['a single object', { ip: '198.51.100.7' }],
    ['an empty list', []],
    ['a list of 65', Array.from({ length: 65 }, () => ({ ip: '198.51.100.7' }))],
    ['a list of texts', ['198.51.100.7']],
    ['a list with null', [null]],
    ['a list of lists', [[{ ip: '198.51.100.7' }]]],
    ['a list of numbers', [1, 2]],
  ])('refuses gateways that are %s', (_what, gateways) => {
    const paths = refusedPaths(ByoSipTrunkCredential, { gateways });
    expect(paths).toContain('gateways');
    expect(paths.filter((path) => !path.startsWith('gateways'))).toEqual([]);
    expect(messageAt(ByoSipTrunkCredential, { gateways }, 'gateways')).not.toContain('nested property');
  });

  it('names each gateway that is wrong by its place', () => {
    const gateways = [{ ip: '198.51.100.7' }, { ip: '1.2.3.4.5' }, { ip: '203.0.113.1', port: 0, x: 1 }];
    expect(refusedPaths(ByoSipTrunkCredential, { gateways }).toSorted()).toEqual([
      'gateways.1.ip',
      'gateways.2.port',
      'gateways.2.x',
    ]);
  });

  it.each<[string, object, object]>([
    ['address', { ip: '198.51.100.7' }, { ip: '198.51.100.7' }],
    ['address, with blanks around it', { ip: '198.51.100.7' }, { ip: ' 198.51.100.7 ' }],
    ['host name, whatever its case', { ip: 'sip.example.com' }, { ip: 'SIP.Example.com' }],
    ['address with the usual port', { ip: '198.51.100.7' }, { ip: '198.51.100.7', port: 5060 }],
    [
      'address with the usual transport',
      { ip: '198.51.100.7' },
      { ip: '198.51.100.7', outboundProtocol: 'udp', netmask: 30 },
    ],
  ])('refuses the same %s twice, at the second', (_what, first, second) => {
    const gateways = [first, { ip: '203.0.113.1' }, second];
    expect(refusedPaths(ByoSipTrunkCredential, { gateways })).toEqual(['gateways.2.ip']);
    expect(messageAt(ByoSipTrunkCredential, { gateways }, 'gateways.2.ip')).toContain('listed before');
  });

  it('does not say of a list that is too long what is twice in it', () => {
    const gateways = Array.from({ length: 65 }, () => ({ ip: '198.51.100.7' }));
    expect(refusedPaths(ByoSipTrunkCredential, { gateways })).toEqual(['gateways']);
  });

  it('asks for the username where Vapi has to register, and for the one of a password', () => {
    const at = (plan: object) =>
      messageAt(ByoSipTrunkCredential, { gateways: GATEWAYS, [PLAN]: plan }, `${PLAN}.authUsername`);
    expect(at({ sipRegisterPlan: {} })).toBe('Enter the username with which the trunk lets Vapi register.');
    expect(at({ authPassword: 'pw' })).toBe('Enter the username that belongs to the password.');
  });

  const PLAN = 'outboundAuthenticationPlan';

  it.each<[string, unknown, string]>([
    ['null', null, PLAN],
    ['a text', 'bob', PLAN],
    ['without username', { authPassword: 'pw' }, `${PLAN}.authUsername`],
    ['with an empty username', { authUsername: ' ' }, `${PLAN}.authUsername`],
    ['with a username of 257 characters', { authUsername: 'x'.repeat(257) }, `${PLAN}.authUsername`],
    ['with an empty password', { authUsername: 'bob', authPassword: '' }, `${PLAN}.authPassword`],
    ['with a password of null', { authUsername: 'bob', authPassword: null }, `${PLAN}.authPassword`],
    [
      'with a registration of null',
      { authUsername: 'bob', sipRegisterPlan: null },
      `${PLAN}.sipRegisterPlan`,
    ],
    [
      'with a registration to a number',
      { authUsername: 'bob', sipRegisterPlan: { domain: 7 } },
      `${PLAN}.sipRegisterPlan.domain`,
    ],
    [
      'with an unknown field deep inside',
      { authUsername: 'bob', sipRegisterPlan: { port: 5060 } },
      `${PLAN}.sipRegisterPlan.port`,
    ],
  ])('refuses a login that is %s', (_what, plan, path) => {
    expect(refusedPaths(ByoSipTrunkCredential, { gateways: GATEWAYS, [PLAN]: plan })).toEqual([path]);
  });

  it.each<[string, object, string]>([
    ['a leading plus as a text', { outboundLeadingPlusEnabled: 'true' }, 'outboundLeadingPlusEnabled'],
    ['a prefix of null', { techPrefix: null }, 'techPrefix'],
    ['a prefix that is too long', { techPrefix: 'x'.repeat(10_001) }, 'techPrefix'],
    ['a header that is no text', { sipDiversionHeader: {} }, 'sipDiversionHeader'],
    ['an unknown field', { sipTrunkingProvider: 'twilio' }, 'sipTrunkingProvider'],
  ])('refuses %s', (_what, fields, path) => {
    expect(refusedPaths(ByoSipTrunkCredential, { gateways: GATEWAYS, ...fields })).toEqual([path]);
  });

  it('keeps its dotted paths inside an import', () => {
    const body = {
      provider: 'byo-phone-number',
      number: NUMBER,
      credential: { gateways: [{ ip: '198.51.100.7', port: 70_000 }] },
    };
    expect(refusedPaths(ImportByoBody, body)).toEqual(['credential.gateways.0.port']);
  });
});
