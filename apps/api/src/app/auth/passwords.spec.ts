import { hashPassword, isPasswordOf } from './passwords';

/** How long it takes, in milliseconds: the median of several times. */
async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let time = 0; time < 15; time++) {
    const start = performance.now();
    await work();
    times.push(performance.now() - start);
  }
  return times.toSorted((a, b) => a - b)[7] ?? 0;
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
    const known = await timeOf(() => isPasswordOf(user, 'a wrong guess'));
    const unknown = await timeOf(() => isPasswordOf(null, 'a wrong guess'));
    // Without the work it would be a thousandth.
    expect(unknown).toBeGreaterThan(known / 3);
    expect(unknown).toBeLessThan(known * 3);
  });
});
