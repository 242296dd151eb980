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
      await expect(page.getByRole('heading', { level: 1, name: 'Add phone number' })).toBeVisible();
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

  test('over a SIP trunk takes several gateways with all that is to be said of them', async ({
    page,
    account,
    addNumber,
    phone,
    secret,
  }) => {
    const number = phone();
    const password = secret('trunk-password');
    await addNumber.open();
    await addNumber.choose('BYO SIP Trunk');
    const outbound = addNumber.gateway(1);
    await expect(outbound.getByLabel('Take inbound calls')).toBeHidden();
    await outbound.getByLabel('Gateway IP or domain').fill('sip.carrier.test');
    await outbound.getByText('More settings').click();
    await expect(outbound.getByLabel('Take inbound calls')).not.toBeChecked();
    await outbound.getByLabel('Transport').selectOption('TLS, and SRTP for the voice');
    await expect(outbound.getByText('TLS usually has port 5061.')).toBeVisible();
    await outbound.getByLabel('Port', { exact: true }).fill('5061');
    await expect(outbound.getByText('TLS usually has port 5061.')).toBeHidden();

    await page.getByRole('button', { name: 'Add gateway' }).click();
    const inbound = addNumber.gateway(2);
    await expect(inbound.getByLabel('Gateway IP or domain')).toBeFocused();
    await page.keyboard.type('198.51.100.0');
    await inbound.getByText('More settings').click();
    await expect(inbound.getByLabel('Take inbound calls')).toBeChecked();
    await inbound.getByLabel('Send outbound calls').uncheck();
    await inbound.getByLabel('Netmask').fill('24');

    await addNumber.fill({
      'Auth username': 'acme',
      'Auth password': password,
      'Phone number': number.e164,
    });
    await page.getByText('More settings of the trunk').click();
    await page.getByLabel('Register with the trunk').check();
    await addNumber.fill({ Realm: 'carrier' });
    await addNumber.continueToAgent();
    const summary = page.getByRole('region', { name: 'What will be created' });
    await expect(summary).toContainText('Gateway 1');
    await expect(summary).toContainText('sip.carrier.test');
    await expect(summary).toContainText('Netmask: 24');
    await expect(summary).not.toContainText(password);

    const sent = page.waitForRequest((request) => request.method() === 'POST');
    await addNumber.submit();
    expect((await sent).postDataJSON()).toMatchObject({
      credential: {
        gateways: [
          { ip: 'sip.carrier.test', port: 5061, outboundProtocol: 'tls/srtp' },
          { ip: '198.51.100.0', port: 5060, netmask: 24, outboundEnabled: false },
        ],
        outboundAuthenticationPlan: {
          authUsername: 'acme',
          authPassword: password,
          sipRegisterPlan: { realm: 'carrier' },
        },
      },
    });
    await addNumber.isAdded(number.shown);
    expect(await account.api.credentials()).toHaveLength(1);
  });

  test('over a SIP trunk is not sent while its gateways contradict each other or themselves', async ({
    page,
    account,
    addNumber,
    phone,
  }) => {
    await addNumber.open();
    await addNumber.choose('BYO SIP Trunk');
    await addNumber.fill({ 'Gateway IP or domain': '198.51.100.7', 'Phone number': phone().e164 });
    await page.getByRole('button', { name: 'Add gateway' }).press('Enter');
    const second = addNumber.gateway(2);
    const address = second.getByLabel('Gateway IP or domain');
    await expect(address).toBeFocused();
    await page.keyboard.type('198.51.100.7');
    await addNumber.continue();
    await expect(address).toBeFocused();
    await expect(address).toHaveAccessibleDescription(/This gateway is listed before/);

    await address.fill('sip.carrier.test');
    await second.getByText('More settings').press('Enter');
    const inbound = second.getByLabel('Take inbound calls');
    await inbound.press('Space');
    await expect(inbound).toHaveAccessibleDescription(/Inbound calls need an IPv4 address/);
    // The fold does not hide what has to be corrected.
    await second.getByText('More settings').press('Enter');
    await expect(inbound).toBeHidden();
    await addNumber.continue();
    await expect(inbound).toBeFocused();

    await second.getByRole('button', { name: 'Remove gateway 2' }).press('Enter');
    await expect(page.getByText('Gateway 2 is removed.')).toBeVisible();
    await expect(addNumber.field('Gateway IP or domain')).toBeFocused();
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(address).toHaveValue('sip.carrier.test');
    await expect(address).toBeFocused();
    await second.getByRole('button', { name: 'Remove gateway 2' }).click();
    await addNumber.continueToAgent();
    expect(await account.api.numbers()).toEqual([]);
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
    await expect(dialog.getByRole('button', { name: 'Keep editing' })).toBeFocused();
    await page.keyboard.press('Enter');
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
