import { expect } from '@playwright/test';
import { register } from '../support/account';
import { AddNumberPage } from '../support/add-number.page';
import { NumberListPage } from '../support/number-list.page';
import { settled } from '../support/scenes';
import { test } from '../support/test';

const FOLDER = 'docs/screenshots';

test.use({ viewport: { width: 1280, height: 800 }, colorScheme: 'light' });

test('the pictures of the README', async ({ page, context, phone }) => {
  const { api } = await register(context.request, 'Acme', 'ada@acme.example');
  const reception = await api.addAgent({ name: 'Front desk' });
  const sales = await api.addAgent({ name: 'Sales' });
  const telnyx = await api.addCredential('telnyx', 'Telnyx main');
  const trunk = await api.addCredential('byo-sip-trunk', 'Head office PBX');
  const numbers = [
    {
      number: '+493023125042',
      provider: 'telnyx',
      credentialId: telnyx.id,
      name: 'Berlin',
      agentId: sales.id,
    },
    { number: '+442079460018', provider: 'telnyx', credentialId: telnyx.id, name: 'London' },
    { number: '+33199000123', provider: 'vonage', name: 'Paris', agentId: reception.id },
    { number: phone().e164, provider: 'byo-phone-number', credentialId: trunk.id, name: 'Switchboard' },
    {
      sipUri: 'sip:support@pbx.example.com',
      provider: 'byo-phone-number',
      credentialId: trunk.id,
      name: 'Support hotline',
      agentId: reception.id,
    },
    { number: phone().e164, name: 'Campaign', agentId: sales.id },
    { number: '+14155550100', name: 'Main line', agentId: reception.id },
  ];
  const added = [];
  for (const number of numbers) added.push(await api.addNumber(number));
  for (const { id } of added.slice(0, -1)) await api.untilActive(id);

  const list = new NumberListPage(page);
  await list.open();
  await expect(list.rows).toHaveCount(numbers.length);
  // How a number is written comes once the page stands.
  await expect(list.rows.first()).toContainText('+1 415-555-0100');
  await settled(page);
  await page.screenshot({ path: `${FOLDER}/numbers.png` });

  const addNumber = new AddNumberPage(page);
  await addNumber.open();
  await addNumber.choose('Twilio');
  await addNumber.fill({ 'Account SID': 'AC0123456789abcdef0123456789abcdef' });
  await settled(page);
  await page.screenshot({ path: `${FOLDER}/add-number.png` });
});
