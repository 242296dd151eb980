import { inspect } from 'node:util';
import { KeyRing, type Keys } from './key-ring';

const [SECRET, OTHER] = ['j'.repeat(32), 'k'.repeat(32)];

const bytesOf = ({ accessTokens, keyedHashes, secondFactors, passwordHashes }: Keys): string[] =>
  [accessTokens, keyedHashes, secondFactors, passwordHashes].map((key) => key.export().toString('hex'));

describe('the keys of a secret', () => {
  it('are the same each time, and others for another secret', () => {
    expect(bytesOf(new KeyRing(SECRET).present)).toEqual(bytesOf(new KeyRing(SECRET).present));
    const both = [...bytesOf(new KeyRing(SECRET).present), ...bytesOf(new KeyRing(OTHER).present)];
    expect(new Set(both).size).toBe(8);
  });

  it('show neither themselves nor the secret', () => {
    const shown =
      inspect(new KeyRing(SECRET, OTHER), { depth: 9 }) + JSON.stringify(new KeyRing(SECRET, OTHER));
    for (const bytes of [SECRET, OTHER, ...bytesOf(new KeyRing(SECRET).present)])
      expect(shown).not.toContain(bytes);
  });

  it('cannot be exchanged', () => {
    const ring = new KeyRing(SECRET);
    expect([Object.isFrozen(ring), Object.isFrozen(ring.present)]).toEqual([true, true]);
  });
});
