import fc from 'fast-check';
import { isHostName, isIpv4, isUnreachableFromInternet } from './gateway-address';

const label = fc.stringMatching(/^[a-z]([a-z0-9-]{0,20}[a-z0-9])?$/);
const hostName = fc.array(label, { minLength: 1, maxLength: 5 }).map((labels) => labels.join('.'));
const octet = fc.integer({ min: 0, max: 255 });

describe('an IPv4 address', () => {
  it('is told from a host name, whatever its octets', () => {
    fc.assert(
      fc.property(fc.ipV4(), (address) => {
        expect([isIpv4(address), isHostName(address)]).toEqual([true, false]);
      }),
    );
  });

  it('has four octets of at most 255', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 6 }), (octets) => {
        const fits = octets.length === 4 && octets.every((value) => value <= 255);
        expect(isIpv4(octets.join('.'))).toBe(fits);
      }),
    );
  });

  it.each([
    '',
    '1',
    '1.2.3',
    '1.2.3.',
    '.1.2.3',
    '01.2.3.4',
    '1.2.3.004',
    '1.2.3.4 ',
    '1.2.3.4/24',
    '1,2,3,4',
    '::1',
  ])('is not %j', (text) => {
    expect(isIpv4(text)).toBe(false);
  });
});

describe('a host name', () => {
  it('is made of labels of letters, digits and dashes', () => {
    fc.assert(
      fc.property(hostName, (name) => {
        expect([isHostName(name), isHostName(name.toUpperCase()), isIpv4(name)]).toEqual([true, true, false]);
      }),
    );
  });

  it.each([
    '',
    '.',
    'example.com.',
    '.example.com',
    'a..b',
    '-a.example.com',
    'a-.example.com',
    'a_b.example.com',
    'exämple.com',
    'example.com:5060',
    'sip:example.com',
    'user@example.com',
    'example com',
    '1.2.3',
    '256.1.1.1',
    'sip.example.99',
    `${'a'.repeat(64)}.com`,
    Array.from({ length: 127 }, () => 'a').join('.') + '.b',
  ])('is not %j', (text) => {
    expect(isHostName(text)).toBe(false);
  });

  it.each([
    'a',
    'localhost',
    '3cx.example.com',
    'xn--exmple-cua.com',
    'sip.example.com',
    `${'a'.repeat(63)}.com`,
  ])('may be %j', (text) => {
    expect(isHostName(text)).toBe(true);
  });
});

describe('an address that the internet cannot reach', () => {
  it.each([
    ['this host', fc.tuple(fc.constant(0), octet, octet, octet)],
    ['private, 10/8', fc.tuple(fc.constant(10), octet, octet, octet)],
    [
      'carrier-grade NAT, 100.64/10',
      fc.tuple(fc.constant(100), fc.integer({ min: 64, max: 127 }), octet, octet),
    ],
    ['loopback, 127/8', fc.tuple(fc.constant(127), octet, octet, octet)],
    ['link-local, 169.254/16', fc.tuple(fc.constant(169), fc.constant(254), octet, octet)],
    ['private, 172.16/12', fc.tuple(fc.constant(172), fc.integer({ min: 16, max: 31 }), octet, octet)],
    ['private, 192.168/16', fc.tuple(fc.constant(192), fc.constant(168), octet, octet)],
  ])('may be %s', (_range, octets) => {
    fc.assert(fc.property(octets, (address) => isUnreachableFromInternet(address.join('.'))));
  });

  it.each(['localhost', 'LOCALHOST'])('may be %s', (name) => {
    expect(isUnreachableFromInternet(name)).toBe(true);
  });

  it.each([
    '1.1.1.1',
    '9.255.255.255',
    '11.0.0.0',
    '100.63.255.255',
    '100.128.0.0',
    '126.255.255.255',
    '128.0.0.0',
    '169.253.0.1',
    '169.255.0.1',
    '172.15.255.255',
    '172.32.0.0',
    '192.167.0.1',
    '192.169.0.1',
    '10.example.com',
    'pbx.example.com',
    'localhost.example.com',
    'not an address',
    '',
  ])('is not %j', (address) => {
    expect(isUnreachableFromInternet(address)).toBe(false);
  });
});
