import { isPastDeadline, withDeadline } from './deadline';

test('Work has a deadline, also in what it waits for; work beside it has its own', async () => {
  const late = withDeadline(-1, async () => {
    await Promise.resolve();
    return isPastDeadline();
  });
  expect(withDeadline(60_000, isPastDeadline)).toBe(false);
  expect(await late).toBe(true);
});

test('Work for which nobody waits has none', () => {
  expect(isPastDeadline()).toBe(false);
});
