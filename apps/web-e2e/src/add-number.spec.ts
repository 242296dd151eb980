import { expect, test } from './support/test';
import type { ProviderName } from './support/add-number.page';

const AGENT = 'Front desk';

/** What the product asks a client for, by the labels of its form. */
interface Carrier {
  provider: ProviderName;
  /** Fields that are no secret. */
  plain: Record<string, string>;
  secrets: string[];
}

const CARRIERS: Carrier[] = [
  {
    provider: 'Twilio',
    plain: { 'Account SID': 'AC0123456789abcdef0123456789abcdef' },
    secrets: ['Auth Token'],
  },
  { provider: 'Vonage', plain: { 'API Key': 'a1b2c3d4' }, secrets: ['API Secret'] },
  { provider: 'Telnyx', plain: {}, secrets: ['API Key'] },
];

test.describe('Adding a number', () => {
  for (const { provider, plain, secrets } of CARRIERS) {
    test(`from ${provider} shows it with its agent, and Active without a reload`, async ({
      page,
      account,
      addNumber,
      numberList,
      phone,
      secret,
      watch,
    }) => {
      await account.api.addAgent({ name: AGENT });
      const number = phone();
      const typed = Object.fromEntries(secrets.map((label) => [label, secret(label.replace(' ', '-'))]));

      await numberList.open();
      await page.getByRole('link', { name: 'Add number' }).click();
      await expect(page.getByRole('heading', { level: 1, name: 'Add Phone Number' })).toBeVisible();
      await addNumber.choose(provider);
      await addNumber.fill({ ...plain, ...typed, 'Phone number': number.shown });
      await addNumber.continueToAgent();
      await expect(page.getByText(number.shown)).toBeVisible();
      await addNumber.assign(AGENT);
      await addNumber.submit();
      await addNumber.isAdded(number.shown);
      await expect(page.getByText(`${AGENT} answers its calls`)).toBeVisible();
      await addNumber.goToNumbers();

      const row = numberList.row(number.shown);
      await expect(row.getByText(provider, { exact: true })).toBeVisible();
      await expect(numberList.agentOf(number.shown)).toHaveText(AGENT);
      await expect(row.getByText('Active', { exact: true })).toBeVisible({ timeout: 30_000 });

      const [stored] = await account.api.numbers();
      expect(stored).toMatchObject({ number: number.e164, agent: { name: AGENT } });
      for (const value of Object.values(typed)) {
        expect(await watch.carriersOf(value)).toEqual(['POST /api/phone-numbers']);
      }
    });
  }

  test('from Twilio works with an API Key and its API Secret in place of the Auth Token', async ({
    account,
    addNumber,
    phone,
    secret,
  }) => {
    const number = phone();
    await addNumber.open();
    await addNumber.choose('Twilio');
    await addNumber.fill({
      'Account SID': 'AC0123456789abcdef0123456789abcdef',
      'API Key': 'SK0123456789abcdef',
      'API Secret': secret('api-secret'),
      'Phone number': number.e164,
    });
    await addNumber.continueToAgent();
    await addNumber.submit();
    await addNumber.isAdded(number.shown);
    expect(await account.api.numbers()).toHaveLength(1);
  });

  test('over a SIP trunk takes a phone number and shows where calls have to be sent', async ({
    page,
    account,
    addNumber,
    numberList,
    phone,
    secret,
  }) => {
    const number = phone();
    await account.api.addAgent({ name: AGENT });
    await addNumber.open();
    await addNumber.choose('BYO SIP Trunk');
    await expect(addNumber.field('Port')).toHaveValue('5060');
    await addNumber.fill({
      'Gateway IP or domain': '198.51.100.7',
      Port: '5080',
      'Auth username': 'voxreach',
      'Auth password': secret('auth-password'),
      'Phone number': number.e164,
    });
    await addNumber.continueToAgent();
    await addNumber.assign('Assign later');
    await addNumber.submit();
    await addNumber.isAdded(number.shown);
    const sipAddress = new RegExp(`\\${number.e164}@[0-9a-f-]{36}\\.sip\\.vapi\\.ai`);
    await expect(page.getByRole('code').filter({ hasText: sipAddress })).toBeVisible();
    await addNumber.goToNumbers();

    const row = numberList.row(number.shown);
    await expect(row.getByText('BYO SIP Trunk', { exact: true })).toBeVisible();
    await expect(numberList.agentOf(number.shown)).toHaveText('Assign…');
    await expect(row.getByText('Active', { exact: true })).toBeVisible({ timeout: 30_000 });
    await row.getByRole('link').click();
    await expect(page.getByRole('heading', { name: 'SIP address' })).toBeVisible();
    await expect(page.getByRole('code').filter({ hasText: sipAddress })).toBeVisible();
  });

  test('over a SIP trunk takes a SIP URI in place of a phone number', async ({
    page,
    account,
    addNumber,
    numberList,
    phone,
  }) => {
    const user = `desk${phone().e164.slice(1)}`;
    const sipUri = `sip:${user}@pbx.example.com`;
    await account.api.addAgent({ name: AGENT });
    await addNumber.open();
    await addNumber.choose('BYO SIP Trunk');
    await addNumber.fill({ 'Gateway IP or domain': '198.51.100.8', 'SIP URI': sipUri });
    await addNumber.continueToAgent();
    await addNumber.assign(AGENT);
    await addNumber.submit();
    await addNumber.isAdded(sipUri);
    const sipAddress = new RegExp(`^${user}@[0-9a-f-]{36}\\.sip\\.vapi\\.ai$`);
    await expect(page.getByRole('code').filter({ hasText: sipAddress })).toBeVisible();
    await addNumber.goToNumbers();

    const row = numberList.row(sipUri);
    await expect(row.getByText('BYO SIP Trunk', { exact: true })).toBeVisible();
    await expect(numberList.agentOf(sipUri)).toHaveText(AGENT);
    await expect(row.getByText('Active', { exact: true })).toBeVisible({ timeout: 30_000 });
    expect(await account.api.numbers()).toMatchObject([{ number: null, sipUri }]);
  });

  test('as a free test number needs nothing entered, and the number appears once it is assigned', async ({
    page,
    account,
    addNumber,
    numberList,
  }) => {
    await account.api.addAgent({ name: AGENT });
    await addNumber.open();
    await expect(page.getByText('For testing only')).toBeVisible();
    await addNumber.choose('Vapi');
    await addNumber.continueToAgent();
    await addNumber.assign(AGENT);
    await addNumber.submit();
    await expect(page.getByRole('heading', { name: /was added$/ })).toBeVisible();
    await addNumber.goToNumbers();

    const row = numberList.rows.first();
    await expect(row.getByText('Vapi', { exact: true })).toBeVisible();
    await expect(row.getByText('Active', { exact: true })).toBeVisible({ timeout: 30_000 });
    await expect(row.getByRole('link')).toHaveText(/^\+1 \d{3}-\d{3}-\d{4}$/);
    // The free numbers of the installation are few: this one goes back for other tests.
    const title = await row.getByRole('link').innerText();
    await numberList.remove(title);
    await page.getByRole('button', { name: 'Remove number', exact: true }).click();
    await expect(page.getByRole('heading', { name: 'Bring your first number' })).toBeVisible();
  });

  test('says before the click what will be created and what will change at the carrier', async ({
    page,
    account,
    addNumber,
    phone,
    secret,
  }) => {
    const number = phone();
    const fallback = phone();
    await account.api.addAgent({ name: AGENT });
    await addNumber.open();
    await addNumber.choose('Telnyx');
    await addNumber.fill({ 'API Key': secret('key'), 'Phone number': number.e164, Name: 'Berlin' });
    await addNumber.continueToAgent();
    await addNumber.assign(AGENT);
    await addNumber.fill({ 'Fallback number': fallback.e164 });
    const summary = page.getByRole('region', { name: 'What will be created' });
    await expect(summary).toContainText('Telnyx');
    await expect(summary).toContainText(number.shown);
    await expect(summary).toContainText('Berlin');
    await expect(summary).toContainText(AGENT);
    await expect(summary).toContainText(fallback.shown);
    await expect(page.getByRole('region', { name: 'What will change' })).toContainText(
      'moves the number to it',
    );
    expect(await account.api.numbers()).toEqual([]);

    await addNumber.submit();
    await addNumber.isAdded(number.shown);
    await expect(page.getByRole('heading', { name: 'What is left for you to do' })).toBeVisible();
    expect(await account.api.numbers()).toMatchObject([{ name: 'Berlin', fallbackNumber: fallback.e164 }]);
  });

  test('asks before leaving throws away what was typed', async ({ page, account, addNumber, numberList }) => {
    await addNumber.open();
    await addNumber.choose('Telnyx');
    await addNumber.fill({ 'API Key': 'typed and not sent' });
    await page.getByRole('link', { name: 'Credentials' }).click();
    const dialog = page.getByRole('dialog', { name: 'Leave without adding the number?' });
    await dialog.getByRole('button', { name: 'Keep editing' }).click();
    await expect(dialog).toBeHidden();
    await expect(addNumber.field('API Key')).toHaveValue('typed and not sent');

    await page.getByRole('link', { name: 'Credentials' }).click();
    await dialog.getByRole('button', { name: 'Leave' }).click();
    await expect(page).toHaveURL(/\/credentials$/);
    await numberList.open();
    expect(await account.api.numbers()).toEqual([]);
  });

  test('keeps what was entered when one goes back a step', async ({ page, account, addNumber, phone }) => {
    const number = phone();
    await account.api.addAgent({ name: AGENT });
    await addNumber.open();
    await addNumber.choose('Vonage');
    await addNumber.fill({ 'API Key': 'a1b2c3d4', 'API Secret': 'typed', 'Phone number': number.e164 });
    await addNumber.continueToAgent();
    await page.getByRole('button', { name: 'Back' }).click();
    await addNumber.isAtStep('Credentials and number');
    await expect(addNumber.field('API Secret')).toHaveValue('typed');
    await page.getByRole('button', { name: 'Back' }).click();
    await addNumber.isAtStep('Choose provider');
    await expect(addNumber.card('Vonage')).toBeChecked();
    await addNumber.choose('Telnyx');
    await expect(addNumber.field('Phone number')).toHaveValue(number.e164);
    await expect(addNumber.field('API Key')).toHaveValue('');
  });
});
