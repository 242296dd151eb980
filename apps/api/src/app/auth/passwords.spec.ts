import { jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import type { AppConfig } from '../config/app-config';
import { KeyRing } from '../config/key-ring';
import { hashPassword, Passwords } from './passwords';
import { SealingService } from './sealing.service';

const passwords = new Passwords(new SealingService({ keys: new KeyRing('j'.repeat(32)) } as AppConfig));

/** Somebody with this password. */
const personWith = async (password: string) => ({
  id: 'ann',
  passwordHash: passwords.sealed('ann', await hashPassword(password)),
});

/**
 * How long each takes at best, in milliseconds. They take turns, and the best time is the one that nothing else on the machine was in the way of.
 */
async function bestTimes(...works: (() => Promise<unknown>)[]): Promise<number[]> {
  const best = works.map(() => Infinity);
  for (let time = 0; time < 15; time++) {
    for (const [index, work] of works.entries()) {
      const start = performance.now();
      await work();
      best[index] = Math.min(best[index] ?? 0, performance.now() - start);
    }
  }
  return best;
}

describe('a password', () => {
  it('is told from every other one', async () => {
    const user = await personWith('three unusual words');
    expect(await passwords.isOf(user, 'three unusual words')).toBe(true);
    expect(await passwords.isOf(user, 'Three unusual words')).toBe(false);
    expect(await passwords.isOf(null, 'three unusual words')).toBe(false);
  });

  it('is nobody’s when its hash cannot be opened', async () => {
    const logged = jest.spyOn(Logger.prototype, 'error').mockReturnValue(undefined);
    const user = { ...(await personWith('three unusual words')), id: 'ben' };
    expect(await passwords.isOf(user, 'three unusual words')).toBe(false);
    expect(logged).toHaveBeenCalledTimes(1);
    logged.mockRestore();
  });

  it('is hashed as Argon2id with as much work as OWASP asks for, and never alike', async () => {
    const [one, other] = [
      await hashPassword('three unusual words'),
      await hashPassword('three unusual words'),
    ];
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(one).not.toBe(other);
  });

  it('takes the same work to refuse when there is no such person, or the hash cannot be opened', async () => {
    const logged = jest.spyOn(Logger.prototype, 'error').mockReturnValue(undefined);
    const user = await personWith('three unusual words');
    await passwords.isOf(null, 'the first time makes what the others are compared with');
    const [known = 0, ...others] = await bestTimes(
      () => passwords.isOf(user, 'a wrong guess'),
      () => passwords.isOf(null, 'a wrong guess'),
      () => passwords.isOf({ ...user, id: 'ben' }, 'a wrong guess'),
    );
    logged.mockRestore();
    for (const other of others) {
      // Without the work it would be a thousandth.
      expect(other).toBeGreaterThan(known / 3);
      expect(other).toBeLessThan(known * 3);
    }
  });
});
