import { expect, test } from './support/test';

test('A page names all the scripts it is made of, so that they arrive together', async ({ page }) => {
  const scripts: string[] = [];
  page.on('request', (request) => {
    if (request.resourceType() === 'script') scripts.push(new URL(request.url()).pathname.slice(1));
  });
  const answer = await page.goto('/sign-in');
  await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible();

  const document = (await answer?.text()) ?? '';
  expect(scripts).not.toEqual([]);
  expect(scripts.filter((script) => !document.includes(script))).toEqual([]);
});
