import { expect, test } from './support/test';
import { says } from './support/says';

test.describe('Saved credentials', () => {
  test('given with a first number, they are offered for a second one without entering a secret', async ({
    page,
    account,
    addNumber,
    phone,
    secret,
    watch,
  }) => {
    const [first, second] = [phone(), phone()];
    const key = secret('key');
    await addNumber.open();
    await addNumber.choose('Telnyx');
    await addNumber.fill({ 'API Key': key, 'Phone number': first.e164 });
    await addNumber.continueToAgent();
    await addNumber.submit();
    await addNumber.isAdded(first.shown);
    const [credential] = await account.api.credentials();
    const name = credential?.name ?? '';
    expect(name).toContain('Telnyx');

    await page.getByRole('button', { name: 'Add another' }).click();
    await page.goto('/numbers/add');
    await addNumber.chooseSaved(name);
    await expect(addNumber.field('API Key')).toBeHidden();
    await addNumber.fill({ 'Phone number': second.e164 });
    await addNumber.continueToAgent();
    await addNumber.submit();
    await addNumber.isAdded(second.shown);

    const numbers = await account.api.numbers();
    expect(numbers.map(({ credential: used }) => used?.id)).toEqual([credential?.id, credential?.id]);
    expect(await account.api.credentials()).toHaveLength(1);
    expect(await watch.carriersOf(key)).toEqual(['POST /api/phone-numbers']);
  });

  test('can be chosen and left again at the fields of their provider', async ({
    page,
    account,
    addNumber,
    phone,
  }) => {
    await account.api.addCredential('vonage', 'Vonage main');
    const number = phone();
    await addNumber.open();
    await addNumber.choose('Vonage');
    await expect(addNumber.field('API Secret')).toBeVisible();
    await page.getByLabel('Saved credential').selectOption({ label: 'Vonage main (0 numbers)' });
    await expect(addNumber.field('API Secret')).toBeHidden();
    await page.getByLabel('Saved credential').selectOption('New credentials');
    await expect(addNumber.field('API Secret')).toBeVisible();
    await page.getByLabel('Saved credential').selectOption({ label: 'Vonage main (0 numbers)' });
    await addNumber.fill({ 'Phone number': number.e164 });
    await addNumber.continueToAgent();
    await addNumber.submit();
    await addNumber.isAdded(number.shown);
    expect(await account.api.numbers()).toMatchObject([{ credential: { name: 'Vonage main' } }]);
  });

  test('of Twilio are not offered, since each of its numbers carries its own', async ({
    page,
    account,
    addNumber,
  }) => {
    await account.api.addCredential('twilio', 'Twilio main');
    await account.api.addCredential('telnyx', 'Telnyx main');
    await addNumber.open();
    await expect(page.getByRole('radio', { name: 'Use Telnyx main' })).toBeVisible();
    await expect(page.getByRole('radio', { name: 'Use Twilio main' })).toBeHidden();
  });
});

test.describe('The page of credentials', () => {
  test('teaches what they are for while there are none', async ({ page, account }) => {
    expect(account.email).not.toBe('');
    await page.goto('/credentials');
    await expect(page.getByRole('heading', { name: 'No credentials saved yet' })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Add credential' })).toBeVisible();
  });

  const KINDS = [
    { label: 'Vonage', fields: { 'API Key': 'a1b2c3d4' }, secrets: ['API Secret'] },
    { label: 'Telnyx', fields: {}, secrets: ['API Key'] },
    {
      label: 'BYO SIP Trunk',
      fields: { 'Gateway IP or domain': '198.51.100.7', 'Auth username': 'pbx' },
      secrets: ['Auth password'],
    },
    {
      label: 'Twilio',
      fields: { 'Account SID': 'AC0123456789abcdef0123456789abcdef' },
      secrets: ['Auth Token'],
    },
  ];

  for (const { label, fields, secrets } of KINDS) {
    test(`saves one of ${label} and removes it again`, async ({ page, account, secret, watch }) => {
      await page.goto('/credentials');
      await page.getByRole('button', { name: 'Add credential' }).click();
      const dialog = page.getByRole('dialog', { name: 'Add credential' });
      await dialog.getByLabel('Provider').selectOption(label);
      await dialog.getByLabel(/^\s*Name/).fill(`${label} main`);
      for (const [field, value] of Object.entries(fields)) {
        await dialog.getByLabel(field, { exact: true }).fill(value);
      }
      const typed = secrets.map((field) => ({ field, value: secret(field.replace(' ', '-')) }));
      for (const { field, value } of typed) await dialog.getByLabel(field, { exact: true }).fill(value);
      await dialog.getByRole('button', { name: 'Add credential' }).click();

      await expect(dialog).toBeHidden();
      await says(page, `${label} main is saved.`);
      const row = page.getByRole('row', { name: `${label} main` });
      await expect(row.getByText(label, { exact: true })).toBeVisible();
      await expect(row).toContainText('No numbers');
      for (const { value } of typed) expect(await watch.carriersOf(value)).toEqual(['POST /api/credentials']);

      await page.getByRole('button', { name: `Remove credential ${label} main` }).click();
      const removal = page.getByRole('dialog', { name: `Remove ${label} main?` });
      await removal.getByRole('button', { name: 'Remove credential' }).click();
      await says(page, `${label} main is removed.`);
      await expect(page.getByRole('heading', { name: 'No credentials saved yet' })).toBeVisible();
      expect(await account.api.credentials()).toEqual([]);
    });
  }

  test('says at the field why one is refused, and asks for the secret again', async ({
    page,
    account,
    secret,
  }) => {
    await page.goto('/credentials');
    await page.getByRole('button', { name: 'Add credential' }).click();
    const dialog = page.getByRole('dialog', { name: 'Add credential' });
    await dialog.getByLabel('Provider').selectOption('Telnyx');
    const key = dialog.getByLabel('API Key', { exact: true });
    await key.fill(secret('refused'));
    await dialog.getByRole('button', { name: 'Add credential' }).click();
    await expect(key).toHaveAccessibleDescription(/Telnyx did not accept this API Key/);
    await expect(key).toHaveValue('');
    await expect(key).toBeFocused();
    expect(await account.api.credentials()).toEqual([]);

    await key.fill(secret('good'));
    await dialog.getByRole('button', { name: 'Add credential' }).click();
    await expect(dialog).toBeHidden();
    expect(await account.api.credentials()).toHaveLength(1);
  });

  test('keeps one that is in use, names the number, and leads to it', async ({ page, account, phone }) => {
    const number = phone();
    const { id } = await account.api.addCredential('telnyx', 'Telnyx main');
    await account.api.addNumber({
      provider: 'telnyx',
      number: number.e164,
      credentialId: id,
      name: 'Berlin office',
    });
    await page.goto('/credentials');
    await expect(page.getByRole('row', { name: 'Telnyx main' })).toContainText('1 number');
    await page.getByRole('button', { name: 'Remove credential Telnyx main' }).click();
    const dialog = page.getByRole('dialog', { name: 'Remove Telnyx main?' });
    await dialog.getByRole('button', { name: 'Remove credential' }).click();
    const refusal = page.getByRole('dialog', { name: 'Telnyx main is still in use' });
    await expect(refusal.getByRole('alert')).toContainText('Berlin office');
    expect(await account.api.credentials()).toHaveLength(1);
    await refusal.getByRole('link', { name: 'Berlin office' }).click();
    await expect(page.getByRole('heading', { level: 1, name: number.shown })).toBeVisible();
    await expect(refusal).toBeHidden();
  });

  test('a number can be removed together with its credential', async ({
    page,
    account,
    numberList,
    phone,
  }) => {
    const number = phone();
    await account.api.addNumber({ provider: 'telnyx', number: number.e164 });
    await account.api.addCredential('vonage', 'Vonage main');
    await numberList.open();
    await numberList.remove(number.shown);
    await page.getByRole('checkbox', { name: 'Also remove the saved credential' }).check();
    await page.getByRole('button', { name: 'Remove number', exact: true }).click();
    await expect(page.getByRole('heading', { name: 'Bring your first number' })).toBeVisible();
    expect(await account.api.credentials()).toMatchObject([{ name: 'Vonage main' }]);
  });

  test('a number that is removed alone leaves its credential for the next', async ({
    page,
    account,
    numberList,
    phone,
  }) => {
    const number = phone();
    await account.api.addNumber({ provider: 'telnyx', number: number.e164 });
    await numberList.open();
    await numberList.remove(number.shown);
    await page.getByRole('button', { name: 'Remove number', exact: true }).click();
    await expect(page.getByRole('heading', { name: 'Bring your first number' })).toBeVisible();
    expect(await account.api.credentials()).toHaveLength(1);
    expect(await account.api.numbers()).toEqual([]);
  });
});
