import fc from 'fast-check';
import { scrub } from './scrub';

const KEY = 'operator-key';

describe('a sentence of Vapi', () => {
  it.each([
    ['twilioAuthToken', 'abc'],
    ['twilioApiKey', 'SK123'],
    ['apiSecret', 'a.b*c(d'],
    ['authPassword', '$& $1'],
    ['token', 'webhook-token'],
  ])('loses the value of %s', (key, secret) => {
    expect(scrub(`The value ${secret} is wrong, ${secret}!`, { [key]: secret }, [KEY])).toBe(
      'The value ••• is wrong, •••!',
    );
  });

  it('loses secrets at any depth of the request', () => {
    const request = { plan: { list: [{ authPassword: 'deep-one' }], tokens: ['first-one', 'other-one'] } };
    expect(scrub('deep-one first-one other-one', request, [KEY])).toBe('••• ••• •••');
  });

  it("loses the operator's key", () => {
    expect(scrub(`Invalid key ${KEY}`, undefined, [KEY])).toBe('Invalid key •••');
  });

  it('loses the longer of two secrets whole when one is part of the other', () => {
    expect(scrub('abc abcdef', { apiKey: 'abc', apiSecret: 'abcdef' }, [KEY])).toBe('••• •••');
  });

  it('loses ids, in whatever case they are written', () => {
    const id = '0b8a8d0e-6c8f-4a58-9a43-5b9c0d1e2f33';
    expect(scrub(`Used by ${id} and ${id.toUpperCase()}.`, {}, [KEY])).toBe('Used by … and ….');
  });

  it('keeps what is no secret', () => {
    const request = { number: '+14155550100', twilioAccountSid: 'AC1', name: 'Front desk' };
    const sentence = '+14155550100 of AC1 (Front desk) is wrong';
    expect(scrub(sentence, request, [KEY])).toBe(sentence);
  });

  it('has 500 characters at most', () => {
    expect(scrub('x'.repeat(10_000), {}, [KEY])).toHaveLength(500);
  });

  it('never holds a secret that was sent, however it is quoted', () => {
    const secret = fc.string({ minLength: 3, maxLength: 40 }).filter((text) => !'•…'.includes(text));
    fc.assert(
      fc.property(secret, fc.string(), fc.string(), (given, before, after) => {
        expect(scrub(before + given + after, { apiSecret: given }, [KEY])).not.toContain(given);
      }),
    );
  });
});
