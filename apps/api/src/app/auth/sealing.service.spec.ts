import { createCipheriv, randomBytes } from 'node:crypto';
import { jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import type { AppConfig } from '../config/app-config';
import { KeyRing } from '../config/key-ring';
import { SealingService } from './sealing.service';

const [OLD, NEW] = ['j'.repeat(32), 'k'.repeat(32)];
const CONTENT = Buffer.from('what nobody may read');

const sealingWith = (...secrets: [string, string?]) =>
  new SealingService({ keys: new KeyRing(...secrets) } as AppConfig);

describe('what is sealed', () => {
  const sealing = sealingWith(OLD);
  const sealed = sealing.seal('passwordHashes', 'ann', CONTENT);

  beforeEach(() => jest.spyOn(Logger.prototype, 'error').mockReturnValue(undefined));
  afterEach(() => jest.restoreAllMocks());

  it('opens for whom it was sealed, shows nothing, and is never alike', () => {
    expect(sealing.open('passwordHashes', 'ann', sealed)).toEqual(CONTENT);
    expect(Buffer.from(sealed).includes(CONTENT)).toBe(false);
    expect(sealing.seal('passwordHashes', 'ann', CONTENT)).not.toEqual(sealed);
    expect(sealed).toHaveLength(29 + CONTENT.length);
  });

  it.each<[string, () => Buffer | undefined]>([
    ['for somebody else', () => sealing.open('passwordHashes', 'ben', sealed)],
    ['for another purpose', () => sealing.open('secondFactors', 'ann', sealed)],
    ['with another secret', () => sealingWith(NEW).open('passwordHashes', 'ann', sealed)],
    ['when it was cut', () => sealing.open('passwordHashes', 'ann', sealed.subarray(0, 20))],
    ['when it is empty', () => sealing.open('passwordHashes', 'ann', new Uint8Array())],
  ])('does not open %s, which the operator reads', (_how, open) => {
    expect(open()).toBeUndefined();
    expect(Logger.prototype.error).toHaveBeenCalledTimes(1);
  });

  it('does not open when any byte of it was changed', () => {
    for (let place = 0; place < sealed.length; place++) {
      const changed = Uint8Array.from(sealed);
      changed[place] = (changed[place] ?? 0) ^ 1;
      expect(sealing.open('passwordHashes', 'ann', changed)).toBeUndefined();
    }
  });

  it('opens with the secret before, and is sealed anew with the present one', () => {
    const both = sealingWith(NEW, OLD);
    expect(both.open('passwordHashes', 'ann', sealed)).toEqual(CONTENT);
    const renewal = both.renew('passwordHashes', 'ann', sealed);
    if (renewal.outcome !== 'renewed') throw new Error(`It is ${renewal.outcome}`);
    expect(sealingWith(NEW).open('passwordHashes', 'ann', renewal.sealed)).toEqual(CONTENT);
    expect(both.renew('passwordHashes', 'ann', renewal.sealed)).toEqual({ outcome: 'current' });
    expect(sealingWith(NEW).renew('passwordHashes', 'ann', sealed)).toEqual({ outcome: 'unreadable' });
  });

  it('may be a second factor from before they were bound to anybody', () => {
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', new KeyRing(OLD).present.secondFactors, nonce);
    const text = Buffer.concat([cipher.update(CONTENT), cipher.final()]);
    const unbound = Buffer.concat([Buffer.from([1]), nonce, cipher.getAuthTag(), text]);
    expect(sealing.open('secondFactors', 'ann', unbound)).toEqual(CONTENT);
    expect(sealing.renew('secondFactors', 'ann', unbound).outcome).toBe('renewed');
    expect(sealing.open('passwordHashes', 'ann', unbound)).toBeUndefined();
  });

  it('may be a password hash from before hashes were sealed', () => {
    const hash = Buffer.from('$argon2id$v=19$…');
    expect(sealing.open('passwordHashes', 'ann', hash)).toEqual(hash);
    expect(sealing.renew('passwordHashes', 'ann', hash).outcome).toBe('renewed');
  });
});
