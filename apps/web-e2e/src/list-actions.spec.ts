import { readFile } from 'node:fs/promises';
import { expect, test } from './support/test';

test.describe('The list of numbers, while others work', () => {
  test('shows a number as active once it is, and what another page changes and removes', async ({
    context,
    account,
    numberList,
    phone,
  }) => {
    const [kept, removed] = [phone(), phone()];
    const { id } = await account.api.addNumber({ number: kept.e164, name: 'Main line' });
    const gone = await account.api.addNumber({ number: removed.e164 });
    await numberList.open();
    await expect(numberList.row(kept.shown)).toContainText('Activating');
    await expect(numberList.row(kept.shown)).toContainText('Active', { timeout: 30_000 });

    const other = await context.newPage();
    await other.goto(`/numbers/${id}`);
    await other.getByRole('button', { name: 'Rename Main line' }).click();
    await other.getByRole('textbox', { name: 'New name of Main line' }).fill('Reception');
    await other.keyboard.press('Enter');
    await expect(numberList.row(kept.shown)).toContainText('Reception');

    await other.goto(`/numbers/${gone.id}`);
    await other.getByRole('button', { name: 'Remove number' }).click();
    await other.getByRole('dialog').getByRole('button', { name: 'Remove number' }).click();
    await numberList.shows(kept.shown);
  });
});

test.describe('Several numbers at once', () => {
  test('are assigned and renamed', async ({ page, account, numberList, phone }) => {
    await account.api.addAgent({ name: 'Sales' });
    const numbers = [phone(), phone(), phone()];
    for (const { e164 } of numbers) await account.api.addNumber({ number: e164 });
    await numberList.open();
    const boxes = page.getByRole('checkbox', { name: /^Select \+/ });
    await boxes.first().click();
    await boxes.last().click({ modifiers: ['Shift'] });
    await expect(page.getByRole('checkbox', { name: 'Select all numbers that are loaded' })).toBeChecked();
    const bar = page.getByRole('group', { name: 'Selected numbers' });
    await expect(bar).toContainText('3 selected');

    await bar.getByRole('button', { name: 'Assign to agent…' }).click();
    await page.getByRole('dialog').getByLabel('Agent').selectOption('Sales');
    await page.getByRole('button', { name: 'Assign 3 numbers' }).click();
    const dialog = page.getByRole('dialog', { name: 'Assigning 3 numbers to Sales' });
    await expect(dialog.getByRole('status')).toHaveText('Done for 3 numbers.');
    await dialog.getByRole('button', { name: 'Done' }).click();
    await expect(bar).toBeHidden();
    for (const { shown } of numbers) await expect(numberList.agentOf(shown)).toHaveText('Sales');

    await page.getByRole('checkbox', { name: 'Select all numbers that are loaded' }).click();
    await bar.getByRole('button', { name: 'Rename…' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Support {n}');
    await expect(page.getByLabel('Preview')).toContainText('Support 3');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog').getByRole('status')).toHaveText('Done for 3 numbers.');
    const names = (await account.api.numbers()).map(({ name }) => name);
    expect(names.sort()).toEqual(['Support 1', 'Support 2', 'Support 3']);
  });

  test('are removed after their count was typed, and what failed is tried again', async ({
    page,
    account,
    numberList,
    phone,
  }) => {
    const [stays, first, second] = [phone(), phone(), phone()];
    await account.api.addNumber({ number: stays.e164 });
    await account.api.addNumber({ number: first.e164 });
    const { id } = await account.api.addNumber({ number: second.e164 });
    await page.route(`**/api/phone-numbers/${id}`, (route) =>
      route.request().method() === 'DELETE'
        ? route.fulfill({
            status: 429,
            contentType: 'application/problem+json',
            body: JSON.stringify({ code: 'RATE_LIMITED', detail: 'Too many requests. Wait a moment.' }),
          })
        : route.continue(),
    );
    await numberList.open();
    await page.getByRole('checkbox', { name: `Select ${first.shown}` }).click();
    await page.getByRole('checkbox', { name: `Select ${second.shown}` }).click();
    await page.getByRole('button', { name: 'Remove…' }).click();
    const remove = page.getByRole('button', { name: 'Remove 2 numbers' });
    await expect(page.getByLabel('Type 2 to confirm')).toBeFocused();
    await expect(remove).toBeDisabled();
    await page.keyboard.type('2');
    await remove.click();

    const dialog = page.getByRole('dialog', { name: 'Removing 2 numbers' });
    await expect(dialog.getByRole('status')).toHaveText('Done for 1 of 2 numbers; it went wrong for 1.');
    await expect(dialog.getByRole('listitem').filter({ hasText: second.shown })).toContainText(
      'Too many requests. Wait a moment.',
    );
    await page.unroute(`**/api/phone-numbers/${id}`);
    await dialog.getByRole('button', { name: 'Try the failed ones again' }).click();
    await expect(dialog.getByRole('status')).toHaveText('Done for 2 numbers.');
    await dialog.getByRole('button', { name: 'Done' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
    await numberList.shows(stays.shown);
    expect(await account.api.numbers()).toHaveLength(1);
  });
});

test('The list is saved as CSV, as the filters have it', async ({ page, account, numberList, phone }) => {
  const [wanted, other] = [phone(), phone()];
  await account.api.addNumber({ number: wanted.e164, name: 'Berlin' });
  await account.api.addNumber({ number: other.e164, name: 'London' });
  await numberList.open('?search=berlin');
  await numberList.shows(wanted.shown);
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export CSV' }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toMatch(/^phone-numbers-\d{4}-\d{2}-\d{2}\.csv$/);
  const csv = await readFile(await download.path(), 'utf8');
  expect(csv.charCodeAt(0)).toBe(0xfeff);
  expect(csv).toContain(wanted.e164);
  expect(csv).not.toContain('London');
});

test('The list is used with keys alone', async ({ page, account, numberList, phone }) => {
  const [first, second] = [phone(), phone()];
  await account.api.addNumber({ number: first.e164 });
  await account.api.addNumber({ number: second.e164 });
  await numberList.open();
  await numberList.shows(second.shown, first.shown);
  await page.keyboard.press('/');
  await expect(numberList.search).toBeFocused();
  await page.keyboard.type('n?/');
  await expect(numberList.search).toHaveValue('n?/');
  await expect(page).toHaveURL(/search=n/);
  await numberList.search.fill('');
  await expect(page).not.toHaveURL(/search=/);
  await numberList.shows(second.shown, first.shown);
  await numberList.search.blur();

  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('link', { name: second.shown })).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('link', { name: first.shown })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: first.shown })).toBeVisible();
  await page.goBack();
  await numberList.shows(second.shown, first.shown);

  await page.getByRole('checkbox', { name: `Select ${second.shown}` }).focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Shift+Space');
  await expect(page.getByRole('group', { name: 'Selected numbers' })).toContainText('2 selected');
  await page.getByRole('button', { name: 'Clear', exact: true }).press('Enter');
  await expect(page.getByRole('group', { name: 'Selected numbers' })).toBeHidden();

  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await page.keyboard.press('n');
  await expect(page).toHaveURL(/\/numbers\/add$/);
});

test('Columns and density are chosen, and are there after a reload', async ({
  page,
  account,
  numberList,
  phone,
}) => {
  const number = phone();
  await account.api.addNumber({ number: number.e164 });
  await numberList.open();
  const row = numberList.row(number.shown);
  await expect(row.getByText('Twilio')).toBeVisible();
  const before = (await row.boundingBox())?.height ?? 0;
  await page.getByRole('button', { name: 'View' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Provider' }).click();
  await page.getByRole('menuitemradio', { name: 'Compact' }).click();
  await page.keyboard.press('Escape');
  await page.reload();

  await expect(row).toBeVisible();
  await expect(row.getByText('Twilio')).toBeHidden();
  expect((await row.boundingBox())?.height).toBeLessThan(before);
});
