import { register } from './support/account';
import { OPERATOR_NUMBER } from './support/operator';
import { expect, test } from './support/test';

test.describe('What belongs to somebody else', () => {
  test("the operator's number, credential and agent show on no page and in no answer", async ({
    page,
    account,
    numberList,
    addNumber,
    phone,
  }) => {
    // Every test looks for them at its end; here the pages are opened on which they would be.
    const number = phone();
    await account.api.addNumber({ number: number.e164 });
    await numberList.open();
    await numberList.shows(number.shown);
    await numberList.search.fill(OPERATOR_NUMBER.slice(-7));
    await expect(page.getByRole('heading', { name: 'No numbers match' })).toBeVisible();
    await page.goto('/agents');
    await expect(page.getByRole('heading', { name: 'Create your first agent' })).toBeVisible();
    await page.goto('/credentials');
    await expect(page.getByRole('heading', { name: 'No credentials saved yet' })).toBeVisible();
    await addNumber.open();
    await expect(page.getByText('Use what you have saved')).toBeHidden();
    await addNumber.choose('Vapi');
    await expect(page.getByRole('main')).not.toContainText('555');
    await expect(page.getByRole('combobox')).toBeHidden();
  });

  test("another organisation's number, agent and credential cannot be found", async ({
    page,
    account,
    numberList,
    phone,
    playwright,
    baseURL,
  }) => {
    const elsewhere = await playwright.request.newContext({ baseURL });
    const { api } = await register(elsewhere, 'Neighbour');
    const agent = await api.addAgent({ name: 'Neighbour agent' });
    await api.addCredential('telnyx', 'Neighbour credential');
    const { id } = await api.addNumber({ number: phone().e164, name: 'Neighbour line', agentId: agent.id });
    await elsewhere.dispose();

    const own = phone();
    await account.api.addNumber({ number: own.e164 });
    await numberList.open();
    await numberList.shows(own.shown);
    await numberList.open(`?agentId=${agent.id}`);
    await expect(page.getByRole('heading', { name: 'No numbers match' })).toBeVisible();
    await page.goto(`/numbers/${id}`);
    await expect(page.getByRole('heading', { name: 'There is no such number' })).toBeVisible();
    await page.goto('/agents');
    await expect(page.getByRole('heading', { name: 'Create your first agent' })).toBeVisible();
    await page.goto('/credentials');
    await expect(page.getByRole('heading', { name: 'No credentials saved yet' })).toBeVisible();
    await expect(page.getByText('Neighbour')).toBeHidden();
  });

  test('numbers of Vapi cannot be browsed: the address of old is gone', async ({ page, account }) => {
    expect(account.email).not.toBe('');
    for (const method of ['GET', 'POST', 'DELETE'] as const) {
      const answer = await page.request.fetch('/api/phone-numbers/vapi', { method });
      expect(answer.status(), method).toBe(404);
    }
    await page.goto('/nowhere');
    await expect(page.getByRole('heading', { name: 'There is no such page' })).toBeVisible();
    await page.getByRole('link', { name: 'Go to your numbers' }).click();
    await expect(page).toHaveURL(/\/numbers$/);
  });
});
