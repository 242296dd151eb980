import { expect, test } from './support/test';
import { OPERATOR_NUMBER } from './support/operator';
import { register } from './support/account';

const ACCOUNT_SID = 'AC0123456789abcdef0123456789abcdef';

test.describe('A number that cannot be added', () => {
  test('Twilio: a refused Auth Token is said at the credentials, which have to be entered again', async ({
    page,
    account,
    addNumber,
    phone,
    secret,
  }) => {
    const number = phone();
    await addNumber.open();
    await addNumber.choose('Twilio');
    await addNumber.fill({
      'Account SID': ACCOUNT_SID,
      'Auth Token': secret('refused'),
      'Phone number': number.e164,
    });
    await addNumber.continueToAgent();
    await addNumber.submit();

    await addNumber.isAtStep('Credentials and number');
    await addNumber.isRefusedAt('Account SID', /Twilio did not accept these credentials/);
    await expect(addNumber.field('Account SID')).toHaveValue(ACCOUNT_SID);
    await expect(addNumber.field('Phone number')).toHaveValue(number.e164);
    await expect(addNumber.field('Auth Token')).toHaveValue('');
    await expect(addNumber.field('Auth Token')).toHaveAccessibleDescription(
      /Enter it again: secrets are not kept/,
    );
    expect(await account.api.numbers()).toEqual([]);
    expect(await account.api.credentials()).toEqual([]);

    await addNumber.continue();
    await addNumber.isAtStep('Credentials and number');
    await addNumber.fill({ 'Auth Token': secret('good') });
    await addNumber.continueToAgent();
    await addNumber.submit();
    await addNumber.isAdded(number.shown);
    await expect(page.getByRole('alert')).toBeHidden();
    expect(await account.api.numbers()).toHaveLength(1);
  });

  test('Telnyx: a refused API Key is said at its field, nothing is left behind, and a good one works', async ({
    account,
    addNumber,
    phone,
    secret,
  }) => {
    const number = phone();
    await addNumber.open();
    await addNumber.choose('Telnyx');
    await addNumber.fill({ 'API Key': secret('refused'), 'Phone number': number.e164 });
    await addNumber.continueToAgent();
    await addNumber.submit();

    await addNumber.isAtStep('Credentials and number');
    await addNumber.isRefusedAt('API Key', /Telnyx did not accept this API Key/);
    await expect(addNumber.field('API Key')).toHaveValue('');
    expect(await account.api.numbers()).toEqual([]);
    expect(await account.api.credentials()).toEqual([]);

    await addNumber.fill({ 'API Key': secret('good') });
    await addNumber.continueToAgent();
    await addNumber.submit();
    await addNumber.isAdded(number.shown);
    expect(await account.api.credentials()).toHaveLength(1);
  });

  for (const provider of ['Twilio', 'Vonage', 'Telnyx'] as const) {
    test(`${provider}: a number that is not in the account is said at the number`, async ({
      account,
      addNumber,
      foreignPhone,
      phone,
      secret,
    }) => {
      const logins = {
        Twilio: { 'Account SID': ACCOUNT_SID, 'Auth Token': secret('token') },
        Vonage: { 'API Key': 'a1b2c3d4', 'API Secret': secret('secret') },
        Telnyx: { 'API Key': secret('key') },
      };
      await addNumber.open();
      await addNumber.choose(provider);
      await addNumber.fill({ ...logins[provider], 'Phone number': foreignPhone().e164 });
      await addNumber.continueToAgent();
      await addNumber.submit();
      await addNumber.isAtStep('Credentials and number');
      await addNumber.isRefusedAt('Phone number', new RegExp(`not in the ${provider} account`));
      expect(await account.api.numbers()).toEqual([]);
      expect(await account.api.credentials()).toEqual([]);

      const number = phone();
      await addNumber.fill({ ...logins[provider], 'Phone number': number.e164 });
      await addNumber.continueToAgent();
      await addNumber.submit();
      await addNumber.isAdded(number.shown);
    });
  }

  test('a gateway that does not answer is said at the gateway', async ({ account, addNumber, phone }) => {
    await addNumber.open();
    await addNumber.choose('BYO SIP Trunk');
    await addNumber.fill({ 'Gateway IP or domain': 'pbx.invalid', 'Phone number': phone().e164 });
    await addNumber.continueToAgent();
    await addNumber.submit();
    await addNumber.isRefusedAt('Gateway IP or domain', /could not set up this gateway/);
    expect(await account.api.credentials()).toEqual([]);
  });

  test('a number that the organisation has already is said at the number', async ({
    account,
    addNumber,
    phone,
    secret,
  }) => {
    const number = phone();
    await account.api.addNumber({ number: number.e164 });
    await addNumber.open();
    await addNumber.choose('Telnyx');
    await addNumber.fill({ 'API Key': secret('key'), 'Phone number': number.e164 });
    await addNumber.continueToAgent();
    await addNumber.submit();
    await addNumber.isAtStep('Credentials and number');
    await addNumber.isRefusedAt('Phone number', /Your organisation has this number already/);
    expect(await account.api.numbers()).toHaveLength(1);
  });

  test("another organisation's number is refused without a word of whose it is", async ({
    page,
    account,
    addNumber,
    phone,
    playwright,
    baseURL,
    secret,
  }) => {
    const number = phone();
    const elsewhere = await playwright.request.newContext({ baseURL });
    const other = await register(elsewhere, 'Quiet Neighbour');
    await other.api.addNumber({ number: number.e164, name: 'Neighbour line' });
    await elsewhere.dispose();

    for (const taken of [number.e164, OPERATOR_NUMBER]) {
      await addNumber.open();
      await addNumber.choose('Telnyx');
      await addNumber.fill({ 'API Key': secret('key'), 'Phone number': taken });
      await addNumber.continueToAgent();
      await addNumber.submit();
      await addNumber.isRefusedAt(
        'Phone number',
        /This number can't be added. If it is yours, contact support./,
      );
      await expect(page.getByText('Neighbour')).toBeHidden();
      await addNumber.fill({ 'Phone number': '' });
    }
    expect(await account.api.numbers()).toEqual([]);
  });
});

test.describe('Before anything is sent', () => {
  const REQUIRED = {
    Twilio: {
      'Account SID': /AC, then 32 digits and letters from a to f/,
      'Auth Token': /Enter the Auth Token, or an API Key with its API Secret/,
      'Phone number': /international format/,
    },
    Vonage: {
      'API Key': /Enter the API Key of the Vonage account/,
      'API Secret': /Enter the API Secret of the Vonage account/,
      'Phone number': /international format/,
    },
    Telnyx: { 'API Key': /Enter an API Key of the Telnyx account/, 'Phone number': /international format/ },
    'BYO SIP Trunk': {
      'Gateway IP or domain': /Enter the IPv4 address or host name of the gateway/,
      'Phone number': /Enter the phone number or a SIP URI/,
    },
  } as const;

  for (const [provider, fields] of Object.entries(REQUIRED)) {
    test(`${provider} names every field that is missing and takes the focus to the first`, async ({
      account,
      addNumber,
    }) => {
      await addNumber.open();
      await addNumber.choose(provider as keyof typeof REQUIRED);
      await addNumber.continue();
      const [first = ''] = Object.keys(fields);
      await expect(addNumber.field(first)).toBeFocused();
      for (const [label, message] of Object.entries(fields)) {
        await expect(addNumber.field(label)).toHaveAttribute('aria-invalid', 'true');
        await expect(addNumber.field(label)).toHaveAccessibleDescription(message);
      }
      await addNumber.isAtStep('Credentials and number');
      expect(await account.api.numbers()).toEqual([]);
    });
  }

  test('a provider has to be chosen', async ({ page, account, addNumber }) => {
    expect(account.email).not.toBe('');
    await addNumber.open();
    await addNumber.continue();
    await expect(page.getByText('Choose where the number comes from.')).toBeVisible();
    await addNumber.isAtStep('Choose provider');
  });

  test('an error appears on leaving the field and goes while it is corrected', async ({
    page,
    account,
    addNumber,
  }) => {
    expect(account.email).not.toBe('');
    await addNumber.open();
    await addNumber.choose('Telnyx');
    const number = addNumber.field('Phone number');
    await number.fill('0800 12');
    await expect(number).toHaveAttribute('aria-invalid', 'false');
    await number.blur();
    await expect(number).toHaveAttribute('aria-invalid', 'true');
    await expect(number).toHaveAccessibleDescription(/international format/);
    await number.press('End');
    await page.keyboard.type('3');
    await expect(number).toHaveAttribute('aria-invalid', 'false');
  });

  test('a port must be one, and a number and a SIP URI are not both taken', async ({
    account,
    addNumber,
    phone,
  }) => {
    expect(account.email).not.toBe('');
    await addNumber.open();
    await addNumber.choose('BYO SIP Trunk');
    await addNumber.fill({
      'Gateway IP or domain': '198.51.100.7',
      Port: '70000',
      'Phone number': phone().e164,
      'SIP URI': 'sip:desk@pbx.example.com',
    });
    await addNumber.continue();
    await addNumber.isRefusedAt('Port', /A port is at most 65535/);
    await expect(addNumber.field('SIP URI')).toHaveAccessibleDescription(
      /either a phone number or a SIP URI/,
    );
  });

  test('a SIP URI that Vapi cannot take is refused with the reason', async ({ account, addNumber }) => {
    expect(account.email).not.toBe('');
    await addNumber.open();
    await addNumber.choose('BYO SIP Trunk');
    await addNumber.fill({
      'Gateway IP or domain': '198.51.100.7',
      'SIP URI': 'sip:front.desk@pbx.example.com',
    });
    await addNumber.continue();
    await addNumber.isRefusedAt('SIP URI', /must have 3 to 40 letters and digits/);
  });

  test('a domain name is taken with the warning that inbound calls need an address', async ({
    page,
    account,
    addNumber,
    phone,
  }) => {
    const number = phone();
    await addNumber.open();
    await addNumber.choose('BYO SIP Trunk');
    await addNumber.fill({ 'Gateway IP or domain': 'sip.example.com', 'Phone number': number.e164 });
    await expect(addNumber.field('Gateway IP or domain')).toHaveAccessibleDescription(
      /Inbound calls need an IPv4 address/,
    );
    await addNumber.continueToAgent();
    await expect(page.getByRole('region', { name: 'What will change' })).toContainText(
      'inbound calls are switched off',
    );
    await addNumber.submit();
    await addNumber.isAdded(number.shown);
    expect(await account.api.numbers()).toHaveLength(1);
  });

  test('a private address is taken with the warning that Vapi cannot reach it', async ({
    account,
    addNumber,
    phone,
  }) => {
    const number = phone();
    await addNumber.open();
    await addNumber.choose('BYO SIP Trunk');
    await addNumber.fill({ 'Gateway IP or domain': '192.168.1.20', 'Phone number': number.e164 });
    await expect(addNumber.field('Gateway IP or domain')).toHaveAccessibleDescription(
      /This address is private/,
    );
    await addNumber.continueToAgent();
    await addNumber.submit();
    await addNumber.isAdded(number.shown);
    expect(await account.api.numbers()).toHaveLength(1);
  });
});
