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

  test('a provider whose form cannot be loaded is not chosen, which is said', async ({
    page,
    watch,
    addNumber,
  }) => {
    await addNumber.open();
    await watch.loseParts(page);
    await addNumber.card('Twilio').click();
    await expect(page.getByRole('alert').filter({ hasText: 'could not be loaded' })).toBeInViewport();
    await expect(addNumber.card('Twilio')).not.toBeChecked();
  });

  test('a step of adding a number that cannot be loaded says so, with the page to be had anew', async ({
    page,
    watch,
    addNumber,
  }) => {
    await addNumber.open();
    await watch.loseParts(page, 'app-number-details-step');
    await addNumber.card('Twilio').check();
    await addNumber.continue();
    await expect(
      page.getByRole('heading', { name: 'This part of the page could not be loaded' }),
    ).toBeFocused();
    await page.unroute('**/*.js');
    await page.getByRole('button', { name: 'Reload the page' }).click();
    await addNumber.isAtStep('Choose provider');
  });

  test('a number that was added is said to be, even when what comes next cannot be loaded', async ({
    page,
    watch,
    addNumber,
  }) => {
    await addNumber.open();
    await addNumber.choose('Vapi');
    await addNumber.continueToAgent();
    await watch.loseParts(page);
    await addNumber.submit();
    await expect(page.getByRole('heading', { level: 1, name: 'was added' })).toBeFocused();
    await page.unroute('**/*.js');
    await page.getByRole('link', { name: 'Open the number' }).click();
    await expect(page.getByRole('heading', { level: 2, name: 'Routing' })).toBeVisible();
  });
});
