import { expect, test } from './support/test';

test.describe('A secret', () => {
  test('is masked, shows on request, and never longer than its field is in use', async ({
    page,
    account,
    addNumber,
  }) => {
    expect(account.email).not.toBe('');
    await addNumber.open();
    await addNumber.choose('Telnyx');
    const key = addNumber.field('API Key');
    await expect(key).toHaveAttribute('type', 'password');
    await expect(key).toHaveAttribute('autocomplete', 'new-password');
    await key.fill('typed by a person');
    await page.getByRole('button', { name: 'Show API Key' }).click();
    await expect(key).toHaveAttribute('type', 'text');
    await addNumber.field('Phone number').focus();
    await expect(key).toHaveAttribute('type', 'password');
  });

  test('does not survive a reload of the form', async ({ page, account, addNumber, secret }) => {
    expect(account.email).not.toBe('');
    await addNumber.open();
    await addNumber.choose('Vonage');
    await addNumber.fill({ 'API Key': 'a1b2c3d4', 'API Secret': secret('typed') });
    page.on('dialog', (dialog) => void dialog.accept());
    await page.reload();
    await addNumber.isAtStep('Choose provider');
    await addNumber.choose('Vonage');
    await expect(addNumber.field('API Secret')).toHaveValue('');
  });

  test('that was typed is gone once another provider is chosen', async ({
    page,
    account,
    addNumber,
    secret,
  }) => {
    expect(account.email).not.toBe('');
    await addNumber.open();
    await addNumber.choose('Twilio');
    await addNumber.fill({ 'API Key': 'SK1', 'API Secret': secret('twilio'), 'Auth Token': secret('token') });
    await page.getByRole('button', { name: 'Back' }).click();
    await addNumber.choose('Vonage');
    await expect(addNumber.field('API Secret')).toHaveValue('');
  });

  test('leaves the page while the request is still on its way', async ({
    page,
    account,
    addNumber,
    phone,
    secret,
    watch,
  }) => {
    expect(account.email).not.toBe('');
    const number = phone();
    const [key, apiSecret] = ['a1b2c3d4', secret('secret')];
    let answer = (): void => undefined;
    const held = new Promise<void>((resolve) => (answer = resolve));
    await page.route('**/api/phone-numbers', async (route) => {
      if (route.request().method() === 'POST') await held;
      await route.continue();
    });
    await addNumber.open();
    await addNumber.choose('Vonage');
    await addNumber.fill({ 'API Key': key, 'API Secret': apiSecret, 'Phone number': number.e164 });
    await addNumber.continueToAgent();
    await addNumber.submit();
    await expect(page.getByRole('status').filter({ hasText: 'Adding the number' })).toBeVisible();
    await expect(page.getByText('Registering the Vonage credential')).toBeVisible();
    await watch.verify();
    answer();
    await addNumber.isAdded(number.shown);
    expect(await watch.carriersOf(apiSecret)).toEqual(['POST /api/phone-numbers']);
  });

  test('has to be entered again after a try without an answer, which can be repeated safely', async ({
    page,
    account,
    addNumber,
    phone,
    secret,
  }) => {
    const number = phone();
    const key = secret('key');
    const imports: string[] = [];
    let isFirst = true;
    await page.route('**/api/phone-numbers', async (route) => {
      if (route.request().method() !== 'POST') return route.continue();
      imports.push(route.request().headers()['idempotency-key'] ?? '');
      if (!isFirst) return route.continue();
      isFirst = false;
      // It arrives and is carried out; only the answer is lost.
      await route.fetch();
      await route.fulfill({
        status: 429,
        contentType: 'application/problem+json',
        body: JSON.stringify({ code: 'RATE_LIMITED', detail: 'Too many requests.' }),
      });
    });
    await addNumber.open();
    await addNumber.choose('Telnyx');
    await addNumber.fill({ 'API Key': key, 'Phone number': number.e164 });
    await addNumber.continueToAgent();
    await addNumber.submit();
    await addNumber.isAtStep('Credentials and number');
    await expect(page.getByRole('alert').filter({ hasText: 'Too many requests.' })).toBeVisible();
    await expect(addNumber.field('API Key')).toHaveValue('');

    await addNumber.fill({ 'API Key': key });
    await addNumber.continueToAgent();
    await addNumber.submit();
    await addNumber.isAdded(number.shown);
    expect(new Set(imports).size).toBe(1);
    expect(imports).toHaveLength(2);
    expect(await account.api.numbers()).toHaveLength(1);
  });

  test('is nowhere in what the browser keeps: only the choice of colours is stored', async ({
    page,
    account,
    addNumber,
    phone,
    secret,
  }) => {
    const number = phone();
    expect(account.email).not.toBe('');
    await addNumber.open();
    await addNumber.choose('Telnyx');
    await addNumber.fill({ 'API Key': secret('key'), 'Phone number': number.e164 });
    await addNumber.continueToAgent();
    await addNumber.submit();
    await addNumber.isAdded(number.shown);
    await page.goto('/settings/appearance');
    await page.getByRole('radio', { name: /^Dark/ }).check();
    const stored = await page.evaluate(async () => ({
      local: Object.keys(localStorage),
      session: Object.keys(sessionStorage),
      databases: (await indexedDB.databases()).map(({ name }) => name),
      caches: await caches.keys(),
    }));
    expect(stored).toEqual({ local: ['voxreach.color-scheme'], session: [], databases: [], caches: [] });
    const cookies = await page.context().cookies();
    const seen = cookies.filter(({ httpOnly }) => !httpOnly).map(({ name, value }) => `${name}=${value}`);
    expect(seen).toEqual(['voxreach_signed_in=1']);
    expect(cookies).toHaveLength(2);
  });
});
