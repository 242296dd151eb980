import type { Account } from './support/account';
import type { Phone } from './support/phones';
import { speak } from './support/language';
import { says } from './support/says';
import { expect, test } from './support/test';

/** Three numbers: a Twilio one that an agent answers, a Telnyx one, and one over a trunk. */
async function prepare({ api }: Account, phone: () => Phone) {
  const [first, second, third] = [phone(), phone(), phone()];
  const agent = await api.addAgent({ name: 'Front desk' });
  const other = await api.addAgent({ name: 'Sales' });
  await api.addNumber({ number: first.e164, name: 'Charlie line', agentId: agent.id });
  await api.addNumber({ provider: 'telnyx', number: second.e164, name: 'Alpha line' });
  await api.addNumber({ provider: 'byo-phone-number', number: third.e164, name: 'Bravo line' });
  return { first, second, third, agent, other };
}

test.describe('The list of numbers', () => {
  test('teaches what a number needs while there is none, with one way to begin', async ({
    page,
    account,
    numberList,
  }) => {
    expect(account.email).not.toBe('');
    await numberList.open();
    await expect(page.getByRole('heading', { name: 'Bring your first number' })).toBeVisible();
    await page.getByRole('link', { name: 'Add number' }).click();
    await expect(page).toHaveURL(/\/numbers\/add$/);
  });

  test('searches numbers, names and agents, keeps the search in the address and on reload', async ({
    page,
    account,
    numberList,
    phone,
  }) => {
    const { first, second, third } = await prepare(account, phone);
    await numberList.open();
    await numberList.shows(third.shown, second.shown, first.shown);
    await numberList.search.fill('alpha');
    await numberList.shows(second.shown);
    await expect(page).toHaveURL(/\/numbers\?search=alpha$/);
    await page.reload();
    await expect(numberList.search).toHaveValue('alpha');
    await numberList.shows(second.shown);

    await numberList.search.fill('front');
    await numberList.shows(first.shown);
    // As people write it, not as it is stored.
    await numberList.search.fill(third.shown);
    await numberList.shows(third.shown);
    await numberList.search.fill('nothing like it');
    await expect(page.getByRole('heading', { name: 'No numbers match' })).toBeVisible();
    await page.getByRole('button', { name: 'Clear search and filters' }).click();
    await numberList.shows(third.shown, second.shown, first.shown);
    await expect(numberList.search).toHaveValue('');
  });

  test('filters by provider, status and agent, keeps the filters in the address and on reload', async ({
    page,
    account,
    numberList,
    phone,
  }) => {
    const { first, second, third, agent } = await prepare(account, phone);
    await numberList.open();
    await numberList.filter('Provider', 'Telnyx');
    await numberList.shows(second.shown);
    await numberList.filter('Provider', 'All providers');
    await numberList.filter('Agent', 'Front desk');
    await numberList.shows(first.shown);
    await numberList.filter('Provider', 'Twilio');
    await expect(page).toHaveURL(`/numbers?agentId=${agent.id}&provider=twilio`);
    await page.reload();
    await numberList.shows(first.shown);
    await expect(page.getByRole('combobox', { name: 'Agent' })).toHaveValue(agent.id);
    await expect(page.getByRole('combobox', { name: 'Provider' })).toHaveValue('twilio');
    await numberList.filter('Agent', 'Any agent');
    await numberList.filter('Provider', 'All providers');
    await numberList.filter('Status', 'Blocked');
    await expect(page.getByRole('heading', { name: 'No numbers match' })).toBeVisible();
    await numberList.filter('Status', 'Any status');
    await numberList.shows(third.shown, second.shown, first.shown);
  });

  test('cuts a long SIP address before its host, whichever way the page runs', async ({
    page,
    account,
    numberList,
    phone,
  }) => {
    const sipUri = `sip:switchboard${phone().e164.slice(1)}@pbx.example.com`;
    await account.api.addNumber({ provider: 'byo-phone-number', sipUri });
    await numberList.open();
    const link = page.getByRole('link', { name: sipUri, exact: true });
    for (const language of ['en', 'ar'] as const) {
      await speak(page, language);
      await expect(link).toHaveAttribute('title', sipUri);
      const isWhole = (part: string) =>
        link
          .getByText(part, { exact: true })
          .evaluate(({ parentElement: figures }) => figures && figures.scrollWidth <= figures.clientWidth);
      expect(await isWhole('@pbx.example.com')).toBe(true);
      expect(await isWhole(sipUri.slice('sip:'.length, sipUri.indexOf('@')))).toBe(false);
    }
  });

  test('sorts by its heads, keeps the order in the address and on reload', async ({
    page,
    account,
    numberList,
    phone,
  }) => {
    const { first, second, third } = await prepare(account, phone);
    await numberList.open();
    await numberList.shows(third.shown, second.shown, first.shown);
    await page.getByRole('button', { name: 'Name', exact: true }).click();
    await numberList.shows(second.shown, third.shown, first.shown);
    await expect(page).toHaveURL(/\/numbers\?sort=name$/);
    await expect(page.getByRole('columnheader', { name: 'Name' })).toHaveAttribute('aria-sort', 'ascending');
    await page.reload();
    await numberList.shows(second.shown, third.shown, first.shown);
    await page.getByRole('button', { name: 'Number', exact: true }).click();
    await numberList.shows(first.shown, second.shown, third.shown);
    await page.getByRole('button', { name: 'Added' }).click();
    await numberList.shows(third.shown, second.shown, first.shown);
    await page.getByRole('button', { name: 'Added' }).click();
    await numberList.shows(first.shown, second.shown, third.shown);
    await expect(page).toHaveURL(/\/numbers\?sort=createdAt$/);
  });

  test('assigns and unassigns in the row, and takes it back', async ({
    page,
    account,
    numberList,
    phone,
  }) => {
    const { second } = await prepare(account, phone);
    await numberList.open();
    await numberList.assign(second.shown, 'Sales');
    await says(page, `Sales now answers ${second.shown}.`);
    await expect(numberList.agentOf(second.shown)).toHaveText('Sales');
    await page.reload();
    await expect(numberList.agentOf(second.shown)).toHaveText('Sales');

    await numberList.assign(second.shown, 'Unassigned');
    await says(page, `Nobody answers ${second.shown} now.`);
    await expect(numberList.agentOf(second.shown)).toHaveText('Assign…');
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(numberList.agentOf(second.shown)).toHaveText('Sales');
    const stored = (await account.api.numbers()).find(({ number }) => number === second.e164);
    expect(stored?.agent?.name).toBe('Sales');
  });

  test('renames in the row with Enter, and Escape leaves the name as it was', async ({
    page,
    account,
    numberList,
    phone,
  }) => {
    const number = phone();
    await account.api.addNumber({ number: number.e164, name: 'Main line' });
    await numberList.open();
    await page.getByRole('button', { name: 'Rename Main line' }).click();
    const field = page.getByRole('textbox', { name: 'New name of Main line' });
    await expect(field).toBeFocused();
    await field.fill('Never mind');
    await field.press('Escape');
    await expect(page.getByRole('button', { name: 'Rename Main line' })).toBeFocused();

    await page.getByRole('button', { name: 'Rename Main line' }).click();
    await field.fill('Reception');
    await field.press('Enter');
    await says(page, 'Renamed to Reception.');
    await page.reload();
    await expect(numberList.row(number.shown)).toContainText('Reception');
  });

  test('removes a number only after saying what that does', async ({ page, account, numberList, phone }) => {
    const { first, second, third } = await prepare(account, phone);
    await numberList.open();
    await numberList.remove(first.shown);
    const dialog = page.getByRole('dialog', { name: `Remove ${first.shown}?` });
    await expect(dialog).toContainText(`Calls to ${first.shown} will no longer reach Front desk.`);
    await expect(dialog).toContainText('The number stays yours at Twilio');
    await dialog.getByRole('button', { name: 'Keep number' }).click();
    await expect(dialog).toBeHidden();
    await numberList.shows(third.shown, second.shown, first.shown);

    await numberList.remove(first.shown);
    await dialog.getByRole('button', { name: 'Remove number' }).click();
    await says(page, `${first.shown} is removed.`);
    await numberList.shows(third.shown, second.shown);
    await page.reload();
    await numberList.shows(third.shown, second.shown);
    expect(await account.api.numbers()).toHaveLength(2);
  });

  test('copies a number as carriers want it', async ({ page, context, account, numberList, phone }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const number = phone();
    await account.api.addNumber({ number: number.e164 });
    await numberList.open();
    await page.getByRole('button', { name: `Copy ${number.shown}` }).click();
    await says(page, `Copied ${number.e164}`);
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(number.e164);
  });

  test('says so when it cannot be read, and reads it when asked again', async ({
    page,
    account,
    numberList,
    phone,
  }) => {
    const number = phone();
    const { id } = await account.api.addNumber({ number: number.e164 });
    // A number that becomes active has the list read again, before anybody asks.
    await account.api.untilActive(id);
    const list = /\/api\/phone-numbers(\?.*)?$/;
    await page.route(list, (route) =>
      route.fulfill({
        status: 429,
        contentType: 'application/problem+json',
        body: JSON.stringify({ code: 'RATE_LIMITED', detail: 'Too many requests. Wait a moment.' }),
      }),
    );
    await numberList.open();
    await expect(page.getByRole('alert')).toContainText('Too many requests. Wait a moment.');
    await page.unroute(list);
    await page.getByRole('button', { name: 'Try again' }).click();
    await numberList.shows(number.shown);
  });
});

test.describe("A number's page", () => {
  test('changes agent, fallback number and name, and they are there after a reload', async ({
    page,
    account,
    numberList,
    phone,
  }) => {
    const [number, fallback] = [phone(), phone()];
    await account.api.addAgent({ name: 'Front desk' });
    await account.api.addNumber({ number: number.e164, name: 'Main line' });
    await numberList.open();
    await numberList.row(number.shown).getByRole('link').click();
    await expect(page.getByRole('heading', { level: 1, name: number.shown })).toBeVisible();

    await page.getByLabel('Agent').selectOption('Front desk');
    await expect(page.getByLabel('Agent').locator('option:checked')).toHaveText('Front desk');
    await page.getByLabel('Fallback number').fill('555');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByLabel('Fallback number')).toHaveAccessibleDescription(/international format/);
    await page.getByLabel('Fallback number').fill(fallback.shown);
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByRole('button', { name: 'Save' })).toBeDisabled();
    await page.getByRole('button', { name: 'Rename Main line' }).click();
    await page.getByRole('textbox', { name: 'New name of Main line' }).fill('Reception');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('button', { name: 'Rename Reception' })).toBeEnabled();

    await page.reload();
    await expect(page.getByLabel('Fallback number')).toHaveValue(fallback.e164);
    await expect(page.getByLabel('Agent').locator('option:checked')).toHaveText('Front desk');
    await expect(page.getByRole('button', { name: 'Rename Reception' })).toBeVisible();

    await page.getByLabel('Fallback number').fill('');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect
      .poll(() => account.api.numbers())
      .toMatchObject([{ fallbackNumber: null, name: 'Reception', agent: { name: 'Front desk' } }]);
  });

  test('becomes Active while it is open', async ({ page, account, phone }) => {
    const { id } = await account.api.addNumber({ number: phone().e164 });
    await page.goto(`/numbers/${id}`);
    await expect(page.getByRole('main').getByText('Active', { exact: true })).toBeVisible({
      timeout: 30_000,
    });
  });

  test('is left for the list after removing the number', async ({ page, account, phone }) => {
    const number = phone();
    const { id } = await account.api.addNumber({ number: number.e164 });
    await page.goto(`/numbers/${id}`);
    await expect(page.getByRole('heading', { name: number.shown })).toBeVisible();
    await page.getByRole('button', { name: 'Remove number' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove number' }).click();
    await expect(page).toHaveURL(/\/numbers$/);
    await says(page, `${number.shown} is removed.`);
    await page.goto(`/numbers/${id}`);
    await expect(page.getByRole('heading', { name: 'There is no such number' })).toBeVisible();
  });
});
