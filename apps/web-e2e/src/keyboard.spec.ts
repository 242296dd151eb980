import type { Locator } from '@playwright/test';
import { expect, test } from './support/test';

test.describe('With the keyboard alone, on a screen of 360 px', () => {
  test.use({ viewport: { width: 360, height: 740 } });

  test('a number is added from the list to the list', async ({
    page,
    account,
    numberList,
    phone,
    secret,
  }) => {
    const number = phone();
    await account.api.addAgent({ name: 'Front desk' });
    await account.api.addAgent({ name: 'Sales' });

    /** Tabs until the control has the focus, and sees that the focus shows and is on the screen. */
    const tabTo = async (target: Locator): Promise<void> => {
      const isThere = () => target.evaluate((element) => element === document.activeElement);
      for (let presses = 0; presses < 40 && !(await isThere()); presses++) await page.keyboard.press('Tab');
      await expect(target).toBeFocused();
      await expect(target).toBeInViewport();
    };
    const field = (label: string) => page.getByLabel(label, { exact: true });
    const button = (name: string) => page.getByRole('button', { name, exact: true });

    await numberList.open();
    await tabTo(page.getByRole('link', { name: 'Skip to content' }));
    await page.keyboard.press('Enter');
    await tabTo(page.getByRole('link', { name: 'Add number' }));
    await page.keyboard.press('Enter');

    await expect(page.getByRole('heading', { name: 'Choose provider' })).toBeVisible();
    await tabTo(page.getByRole('radio', { name: /^Twilio/ }));
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await expect(page.getByRole('radio', { name: /^Telnyx/ })).toBeChecked();
    await tabTo(button('Continue'));
    await page.keyboard.press('Enter');

    await expect(page.getByRole('heading', { name: 'Credentials and number', level: 2 })).toBeFocused();
    await tabTo(field('API Key'));
    await page.keyboard.type(secret('key'));
    await tabTo(field('Phone number'));
    await page.keyboard.type(number.shown);
    await tabTo(button('Continue'));
    await page.keyboard.press('Space');

    await expect(page.getByRole('heading', { name: 'Assign to agent', level: 2 })).toBeFocused();
    await tabTo(page.getByRole('radio', { name: /^Assign later/ }));
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await expect(page.getByRole('radio', { name: /^Front desk/ })).toBeChecked();
    await tabTo(button('Add number'));
    await page.keyboard.press('Enter');

    await expect(page.getByRole('heading', { name: `${number.shown} was added` })).toBeFocused();
    await tabTo(page.getByRole('link', { name: 'Go to phone numbers' }));
    await page.keyboard.press('Enter');
    await expect(numberList.row(number.shown)).toBeVisible();

    await tabTo(numberList.agentOf(number.shown));
    await page.keyboard.press('Enter');
    await expect(page.getByRole('menuitemradio', { name: 'Sales' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(numberList.agentOf(number.shown)).toHaveText('Sales');

    await tabTo(page.getByRole('link', { name: number.shown }));
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { level: 1, name: number.shown })).toBeVisible();
    await tabTo(button('Remove number'));
    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog', { name: `Remove ${number.shown}?` })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toBeHidden();
    await expect(button('Remove number')).toBeFocused();
  });

  test('Enter in a field goes on, and errors take the focus to where they are', async ({
    page,
    account,
    addNumber,
  }) => {
    expect(account.email).not.toBe('');
    await addNumber.open();
    await page.getByRole('radio', { name: /^Telnyx/ }).focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('Enter');
    await addNumber.isAtStep('Credentials and number');
    await addNumber.field('Phone number').focus();
    await page.keyboard.type('12');
    await page.keyboard.press('Enter');
    await addNumber.isRefusedAt('API Key', /Enter an API Key of the Telnyx account/);
    await expect(addNumber.field('API Key')).toBeInViewport();
  });
});
