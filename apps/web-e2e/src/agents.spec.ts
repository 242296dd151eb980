import { says } from './support/says';
import { expect, test } from './support/test';

test.describe('Agents', () => {
  test('one is created with its words, which come back when it is opened again', async ({
    page,
    account,
  }) => {
    await page.goto('/agents');
    await expect(page.getByRole('heading', { name: 'Create your first agent' })).toBeVisible();
    await page.getByRole('button', { name: 'Create agent' }).click();
    const dialog = page.getByRole('dialog', { name: 'Create agent' });
    await dialog.getByLabel('Name').fill('Front desk');
    await dialog.getByLabel('First message').fill('Hello, how can I help?');
    await dialog.getByLabel('Instructions').fill('Be brief.\nTake a message.');
    await dialog.getByRole('button', { name: 'Create agent' }).click();
    await says(page, 'Front desk is saved.');

    await page.reload();
    await page.getByRole('button', { name: 'Edit agent Front desk' }).click();
    const editor = page.getByRole('dialog', { name: 'Edit Front desk' });
    await expect(editor.getByLabel('First message')).toHaveValue('Hello, how can I help?');
    await expect(editor.getByLabel('Instructions')).toHaveValue('Be brief.\nTake a message.');
    expect(await account.api.agents()).toHaveLength(1);
  });

  test('an edited one keeps what was changed, also what was emptied', async ({ page, account }) => {
    await account.api.addAgent({
      name: 'Front desk',
      firstMessage: 'Hello',
      systemPrompt: 'You answer the phone.',
    });
    await page.goto('/agents');
    await page.getByRole('button', { name: 'Front desk', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Edit Front desk' });
    await expect(dialog.getByLabel('Instructions')).toHaveValue('You answer the phone.');
    await dialog.getByLabel('Name').fill('Reception');
    await dialog.getByLabel('First message').fill('');
    await dialog.getByLabel('Instructions').fill('You answer the phone of a bakery.');
    await dialog.getByRole('button', { name: 'Save agent' }).click();
    await says(page, 'Reception is saved.');

    await page.getByRole('button', { name: 'Reception', exact: true }).click();
    const again = page.getByRole('dialog', { name: 'Edit Reception' });
    await expect(again.getByLabel('Instructions')).toHaveValue('You answer the phone of a bakery.');
    await expect(again.getByLabel('First message')).toHaveValue('');
  });

  test('one without a name is refused at the name', async ({ page, account }) => {
    await page.goto('/agents');
    await page.getByRole('button', { name: 'Create agent' }).click();
    const dialog = page.getByRole('dialog', { name: 'Create agent' });
    await dialog.getByRole('button', { name: 'Create agent' }).click();
    await expect(dialog.getByLabel('Name')).toBeFocused();
    await expect(dialog.getByLabel('Name')).toHaveAccessibleDescription(/Enter a name for the agent/);
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    expect(await account.api.agents()).toEqual([]);
  });

  test('one that answers nothing is removed after a question', async ({ page, account }) => {
    await account.api.addAgent({ name: 'Front desk' });
    await account.api.addAgent({ name: 'Sales' });
    await page.goto('/agents');
    await page.getByRole('button', { name: 'Remove agent Front desk' }).click();
    const dialog = page.getByRole('dialog', { name: 'Remove Front desk?' });
    await dialog.getByRole('button', { name: 'Remove agent' }).click();
    await says(page, 'Front desk is removed.');
    await expect(page.getByRole('button', { name: 'Sales', exact: true })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Front desk', exact: true })).toBeHidden();
    expect(await account.api.agents()).toMatchObject([{ name: 'Sales' }]);
  });

  test("one that answers a number stays until the number is somebody else's", async ({
    page,
    account,
    numberList,
    phone,
  }) => {
    const number = phone();
    const { id } = await account.api.addAgent({ name: 'Front desk' });
    await account.api.addNumber({ number: number.e164, name: 'Main line', agentId: id });
    await page.goto('/agents');
    await page.getByRole('button', { name: 'Remove agent Front desk' }).click();
    const dialog = page.getByRole('dialog', { name: 'Remove Front desk?' });
    await dialog.getByRole('button', { name: 'Remove agent' }).click();
    const refusal = page.getByRole('dialog', { name: 'Front desk is still in use' });
    await expect(refusal.getByRole('alert')).toContainText('Main line');
    await refusal.getByRole('button', { name: 'Close' }).click();

    await page.getByRole('link', { name: '1 number' }).click();
    await expect(page).toHaveURL(`/numbers?agentId=${id}`);
    await numberList.assign(number.shown, 'Unassigned');
    await says(page, 'Nobody answers');
    await page.getByRole('link', { name: 'Agents' }).click();
    await page.getByRole('button', { name: 'Remove agent Front desk' }).click();
    await dialog.getByRole('button', { name: 'Remove agent' }).click();
    await expect(page.getByRole('heading', { name: 'Create your first agent' })).toBeVisible();
  });
});
