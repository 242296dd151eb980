import { readFile } from 'node:fs/promises';
import { addColleague } from './support/colleague';
import { expect, test } from './support/test';

test.describe('Activity', () => {
  test('says what was done, by whom, and what was so before', async ({ page, account, phone }) => {
    const number = phone();
    const frontDesk = await account.api.addAgent({ name: 'Front desk' });
    await account.api.addAgent({ name: 'Sales' });
    const { id } = await account.api.addNumber({
      number: number.e164,
      name: 'Main line',
      agentId: frontDesk.id,
    });
    await account.api.untilActive(id);
    await page.goto(`/numbers/${id}`);
    await page.getByLabel('Agent', { exact: true }).selectOption('Sales');
    const history = page.getByRole('table', { name: 'History' });
    await history.getByRole('button', { name: /^Details: Changed a phone number/ }).click();
    await expect(history).toContainText('Front desk');
    await expect(history.locator('ins')).toContainText('Sales');

    await page.getByRole('link', { name: 'Activity' }).click();
    const activity = page.getByRole('table', { name: 'Activity' });
    const change = activity.getByRole('row', { name: /^Changed a phone number/ });
    await expect(change).toContainText(account.name);
    await expect(change).toContainText('Succeeded');
    await expect(activity.getByRole('row', { name: /^Added an agent/ })).toHaveCount(2);
  });

  test('is filtered by what, whom, outcome and day, in an address that can be passed on', async ({
    page,
    account,
    browser,
  }) => {
    const colleague = await addColleague(browser, account, 'member');
    await colleague.page.goto('/agents');
    await colleague.page.getByRole('button', { name: 'Create agent' }).click();
    await colleague.page.getByRole('dialog').getByLabel('Name').fill('Night shift');
    await colleague.page.getByRole('dialog').getByRole('button', { name: 'Create agent' }).click();
    await expect(colleague.page.getByRole('button', { name: 'Night shift', exact: true })).toBeVisible();
    await colleague.page.context().close();
    await account.api.addAgent({ name: 'Front desk' });

    await page.goto('/activity');
    const rows = page
      .getByRole('table', { name: 'Activity' })
      .getByRole('row')
      .filter({ has: page.getByRole('cell') });
    await page.getByLabel('What').selectOption('Added an agent');
    await expect(rows).toHaveCount(2);
    await page.getByLabel('Who').selectOption(colleague.name);
    await expect(rows).toHaveCount(1);
    await expect(rows).toContainText('Night shift');
    await page.reload();
    await expect(page.getByLabel('What')).toHaveValue('agent.create');
    await expect(rows).toHaveCount(1);

    await page.getByLabel('From').fill('2020-01-01');
    await page.getByLabel('To').fill('2020-01-31');
    await expect(page.getByRole('heading', { name: 'Nothing matches' })).toBeVisible();
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await expect(page).toHaveURL(/\/activity$/);
    await expect(rows.first()).toBeVisible();
  });

  test('shows what was refused, and why', async ({ page, account }) => {
    const data = { email: account.email, password: 'not this one' };
    expect((await page.request.post('/api/auth/login', { data })).status()).toBe(401);
    await page.goto('/activity?outcome=refused');
    const table = page.getByRole('table', { name: 'Activity' });
    await table.getByRole('button', { name: /^Details: Refused: signed in/ }).click();
    await expect(table).toContainText('The password was wrong');
  });

  test('is saved as a file with the same filters', async ({ page, account }) => {
    await account.api.addAgent({ name: 'Front desk, "first" floor' });
    await page.goto('/activity?action=agent.create');
    await expect(page.getByRole('table', { name: 'Activity' })).toContainText('Front desk');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Export CSV' }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/^activity-\d{4}-\d{2}-\d{2}\.csv$/);
    const csv = await readFile(await download.path(), 'utf8');
    // Without it, spreadsheets do not take the file for UTF-8.
    expect(csv.charCodeAt(0)).toBe(0xfeff);
    const [, ...lines] = csv.trim().split('\r\n');
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('"Front desk, ""first"" floor"');
  });
});
