import { expect, test } from './support/test';

test.describe('Without a connection', () => {
  test.beforeEach(async ({ page, account }) => {
    expect(account.email).not.toBe('');
    // What is not needed yet is not loaded ahead.
    await page.addInitScript(() => {
      window.requestIdleCallback = () => 0;
    });
    await page.goto('/numbers');
    await expect(page.getByRole('heading', { name: 'Bring your first number' })).toBeVisible();
  });

  test('a page that cannot be loaded says so where it would stand, with its address', async ({
    page,
    watch,
  }) => {
    await watch.loseParts(page);
    await page.getByRole('link', { name: 'Agents' }).click();
    await expect(page.getByRole('heading', { name: "VoxReach can't be reached" })).toBeVisible();
    await expect(page).toHaveURL(/\/agents$/);
    await page.getByRole('link', { name: 'Numbers' }).click();
    await expect(page.getByRole('heading', { name: 'Bring your first number' })).toBeVisible();
  });

  test('a dialog that cannot be loaded says so, and opens once there is a connection again', async ({
    page,
    watch,
  }) => {
    await watch.loseParts(page);
    await page.keyboard.press('?');
    await expect(page.getByRole('alert').filter({ hasText: 'could not be loaded' })).toBeInViewport();
    await page.unroute('**/*.js');
    await page.keyboard.press('?');
    await expect(page.getByRole('dialog')).toBeVisible();
  });
});
