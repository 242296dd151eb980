import { hashPassword, isPasswordOf } from './passwords';

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
    const user = { passwordHash: await hashPassword('three unusual words') };
    expect(await isPasswordOf(user, 'three unusual words')).toBe(true);
    expect(await isPasswordOf(user, 'Three unusual words')).toBe(false);
    expect(await isPasswordOf(null, 'three unusual words')).toBe(false);
  });

  it('is kept as Argon2id with as much work as OWASP asks for, and never alike', async () => {
    const [one, other] = [
      await hashPassword('three unusual words'),
      await hashPassword('three unusual words'),
    ];
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(one).not.toBe(other);
  });

  it('takes the same work to refuse when there is no such person', async () => {
    const user = { passwordHash: await hashPassword('three unusual words') };
    await isPasswordOf(null, 'the first time makes what the others are compared with');
    const [known = 0, unknown = 0] = await bestTimes(
      () => isPasswordOf(user, 'a wrong guess'),
      () => isPasswordOf(null, 'a wrong guess'),
    );
    // Without the work it would be a thousandth.
    expect(unknown).toBeGreaterThan(known / 3);
    expect(unknown).toBeLessThan(known * 3);
  });
});
