import { expect, type Page } from '@playwright/test';
import { AddNumberPage, type ProviderName } from './add-number.page';
import { NumberListPage } from './number-list.page';
import type { Phone } from './phones';
import type { Scene, Stage } from './scene';
import { SETTINGS_SCENES } from './settings-scenes';

const ACCOUNT_SID = 'AC0123456789abcdef0123456789abcdef';
const LONG = 'Reception of the regional office for the north-western territories';

/** What people have called things in these scenes. */
export const NAMES = [LONG, 'Nightly import', 'Be brief.'];

/** An organisation with something in every list. */
async function furnish({ account: { api }, phone }: Stage) {
  const reception = await api.addAgent({
    name: 'Front desk',
    firstMessage: 'Hello',
    systemPrompt: 'Be brief.',
  });
  const sales = await api.addAgent({ name: 'Sales' });
  const telnyx = await api.addCredential('telnyx', 'Telnyx main');
  await api.addCredential('vonage', 'Vonage main');
  const [first, second, third, fourth] = [phone(), phone(), phone(), phone()];
  const twilio = await api.addNumber({ number: first.e164, name: 'Main line', agentId: reception.id });
  await api.addNumber({ provider: 'telnyx', number: second.e164, name: 'Berlin', credentialId: telnyx.id });
  await api.addNumber({ provider: 'vonage', number: third.e164, name: LONG, agentId: sales.id });
  const byo = await api.addNumber({
    provider: 'byo-phone-number',
    sipUri: `sip:switchboard${fourth.e164.slice(1)}@pbx.branch-office.example.com`,
    agentId: sales.id,
  });
  return { first, twilio, byo };
}

const HALF_DONE = {
  status: 'needs_attention',
  attention:
    'A change of this number was interrupted, and setting it back has failed so far. Try again, or remove it.',
};

interface Answer {
  id?: string;
  items?: { id: string }[];
}

/** What Vapi keeps failing at takes longer than a test: the API's own answers, but of one number as if it had. */
async function leaveHalfDone(page: Page, id: string): Promise<void> {
  const withIt = <Item extends { id?: string }>(item: Item) =>
    item.id === id ? { ...item, ...HALF_DONE } : item;
  await page.route(/\/api\/phone-numbers/, async (route) => {
    const response = await route.fetch();
    const answer = (await response.json()) as Answer;
    const json = answer.items ? { ...answer, items: answer.items.map(withIt) } : withIt(answer);
    await route.fulfill({ response, json });
  });
}

async function signedOut({ page }: Stage, path: string): Promise<void> {
  await page.context().clearCookies();
  await page.goto(path);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
}

async function stepOf({ page }: Stage, provider: ProviderName): Promise<AddNumberPage> {
  const addNumber = new AddNumberPage(page);
  await addNumber.open();
  await addNumber.choose(provider);
  return addNumber;
}

async function lastStep(stage: Stage, key: string): Promise<Phone> {
  const addNumber = await stepOf(stage, 'Telnyx');
  const number = stage.phone();
  await addNumber.fill({ 'API Key': key, 'Phone number': number.e164 });
  await addNumber.continueToAgent();
  return number;
}

async function dialogOf({ page }: Stage, button: string): Promise<void> {
  await page.getByRole('button', { name: button, exact: true }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
}

const emptyStep = (provider: ProviderName): Scene => ({
  name: `step 2, ${provider}`,
  show: async (stage) => void (await stepOf(stage, provider)),
});

export const SCENES: readonly Scene[] = [
  { name: 'sign in', show: (stage) => signedOut(stage, '/sign-in') },
  {
    name: 'sign in, refused',
    show: async (stage) => {
      await signedOut(stage, '/sign-in');
      await stage.page.getByLabel('Email').fill('nobody@example.com');
      await stage.page.getByLabel('Password', { exact: true }).fill('not a password');
      await stage.page.getByRole('button', { name: 'Sign in' }).click();
      await expect(stage.page.getByRole('alert')).toContainText('wrong');
    },
  },
  {
    name: 'create account, with errors',
    show: async (stage) => {
      await signedOut(stage, '/sign-up');
      await stage.page.getByRole('button', { name: 'Create account' }).click();
    },
  },
  {
    name: 'numbers, none yet',
    show: async ({ page }) => {
      await page.goto('/numbers');
      await expect(page.getByRole('heading', { name: 'Bring your first number' })).toBeVisible();
    },
  },
  {
    name: 'numbers',
    show: async (stage) => {
      const { first } = await furnish(stage);
      const list = new NumberListPage(stage.page);
      await list.open();
      await expect(list.row(first.shown)).toBeVisible();
    },
  },
  {
    name: 'numbers, of which one needs somebody',
    show: async (stage) => {
      const { twilio } = await furnish(stage);
      await leaveHalfDone(stage.page, twilio.id);
      await new NumberListPage(stage.page).open();
      await expect(stage.page.getByRole('link', { name: /^Needs you/ })).toBeVisible();
    },
  },
  {
    name: 'numbers, the agents of a row',
    show: async (stage) => {
      const { first } = await furnish(stage);
      const list = new NumberListPage(stage.page);
      await list.open();
      await list.agentOf(first.shown).click();
      await expect(stage.page.getByRole('menu')).toBeVisible();
    },
  },
  {
    name: 'numbers, one selected',
    show: async (stage) => {
      await furnish(stage);
      const list = new NumberListPage(stage.page);
      await list.open();
      await stage.page
        .getByRole('checkbox', { name: /^Select \+/ })
        .first()
        .click();
      await expect(stage.page.getByRole('group', { name: 'Selected numbers' })).toBeVisible();
    },
  },
  {
    name: 'numbers, renaming what is selected',
    show: async (stage) => {
      await furnish(stage);
      const list = new NumberListPage(stage.page);
      await list.open();
      await stage.page
        .getByRole('checkbox', { name: /^Select \+/ })
        .first()
        .click();
      await stage.page.getByRole('button', { name: 'Rename…' }).click();
      await expect(stage.page.getByLabel('Preview')).toBeVisible();
    },
  },
  {
    name: 'numbers, removing what is selected',
    show: async (stage) => {
      await furnish(stage);
      const list = new NumberListPage(stage.page);
      await list.open();
      const boxes = stage.page.getByRole('checkbox', { name: /^Select \+/ });
      await boxes.nth(0).click();
      await boxes.nth(1).click();
      await stage.page.getByRole('button', { name: 'Remove…' }).click();
      await expect(stage.page.getByLabel('Type 2 to confirm')).toBeVisible();
    },
  },
  {
    name: 'numbers, the look of the list',
    show: async (stage) => {
      await furnish(stage);
      const list = new NumberListPage(stage.page);
      await list.open();
      await stage.page.getByRole('button', { name: 'View' }).click();
      await expect(stage.page.getByRole('menuitemradio', { name: 'Compact' })).toBeVisible();
    },
  },
  {
    name: 'numbers, nothing found',
    show: async (stage) => {
      await furnish(stage);
      await stage.page.goto('/numbers?search=nothing&provider=twilio');
      await expect(stage.page.getByRole('heading', { name: 'No numbers match' })).toBeVisible();
    },
  },
  {
    name: 'numbers, removing one',
    show: async (stage) => {
      await furnish(stage);
      const list = new NumberListPage(stage.page);
      await list.open();
      await stage.page
        .getByRole('row', { name: 'Berlin' })
        .getByRole('button', { name: /^Remove number/ })
        .click();
      await expect(stage.page.getByRole('dialog')).toBeVisible();
    },
  },
  {
    name: 'a number',
    show: async (stage) => {
      const { twilio, first } = await furnish(stage);
      await stage.page.goto(`/numbers/${twilio.id}`);
      await expect(stage.page.getByRole('heading', { level: 1, name: first.shown })).toBeVisible();
    },
  },
  {
    name: 'a number of a SIP trunk',
    show: async (stage) => {
      const { byo } = await furnish(stage);
      await stage.page.goto(`/numbers/${byo.id}`);
      await expect(stage.page.getByRole('heading', { name: 'SIP address' })).toBeVisible();
    },
  },
  {
    name: 'a number that needs somebody',
    show: async (stage) => {
      const { twilio } = await furnish(stage);
      await leaveHalfDone(stage.page, twilio.id);
      await stage.page.goto(`/numbers/${twilio.id}`);
      await expect(stage.page.getByRole('heading', { name: 'This number needs you' })).toBeVisible();
    },
  },
  {
    name: 'a number that is not there',
    show: async ({ page }) => {
      await page.goto('/numbers/00000000-0000-4000-8000-000000000000');
      await expect(page.getByRole('heading', { name: 'There is no such number' })).toBeVisible();
    },
  },
  {
    name: 'step 1',
    show: async ({ page }) => {
      const addNumber = new AddNumberPage(page);
      await addNumber.open();
      await addNumber.card('Vonage').check();
    },
  },
  {
    name: 'step 1, with saved credentials',
    show: async (stage) => {
      await furnish(stage);
      await new AddNumberPage(stage.page).open();
      await expect(stage.page.getByRole('radio', { name: 'Use Telnyx main' })).toBeVisible();
    },
  },
  emptyStep('Twilio'),
  emptyStep('Vonage'),
  emptyStep('Telnyx'),
  emptyStep('BYO SIP Trunk'),
  emptyStep('Vapi'),
  {
    name: 'step 2, with a saved credential',
    show: async (stage) => {
      await furnish(stage);
      const addNumber = new AddNumberPage(stage.page);
      await addNumber.open();
      await addNumber.chooseSaved('Telnyx main');
    },
  },
  {
    name: 'step 2, with errors',
    show: async (stage) => {
      const addNumber = await stepOf(stage, 'Twilio');
      await addNumber.fill({ 'Account SID': 'SK1', 'Phone number': '0800 12' });
      await addNumber.continue();
      await expect(addNumber.field('Account SID')).toHaveAttribute('aria-invalid', 'true');
    },
  },
  {
    name: 'step 2, with warnings',
    show: async (stage) => {
      const addNumber = await stepOf(stage, 'BYO SIP Trunk');
      await addNumber.fill({ 'Gateway IP or domain': '192.168.1.20', 'Auth username': 'voxreach' });
    },
  },
  {
    name: 'step 2, a trunk with several gateways and all its settings',
    show: async (stage) => {
      const addNumber = await stepOf(stage, 'BYO SIP Trunk');
      await addNumber.fill({ 'Gateway IP or domain': 'sip.example.com' });
      await stage.page.getByRole('button', { name: 'Add gateway' }).click();
      await addNumber.gateway(2).getByLabel('Gateway IP or domain').fill('198.51.100.7');
      for (const fold of await stage.page.getByText('More settings').all()) await fold.click();
      await addNumber.gateway(1).getByLabel('Take inbound calls').check();
      await addNumber.field('Register with the trunk').check();
    },
  },
  {
    name: 'step 2, refused by the carrier',
    show: async (stage) => {
      const addNumber = await stepOf(stage, 'Twilio');
      await addNumber.fill({
        'Account SID': ACCOUNT_SID,
        'Auth Token': 'refused',
        'Phone number': stage.phone().e164,
      });
      await addNumber.continueToAgent();
      await addNumber.submit();
      await addNumber.isAtStep('Credentials and number');
      await expect(addNumber.field('Account SID')).toBeFocused();
    },
  },
  {
    name: 'step 3, no agents yet',
    show: async (stage) => void (await lastStep(stage, 'a key')),
  },
  {
    name: 'step 3',
    show: async (stage) => {
      await furnish(stage);
      await lastStep(stage, 'a key');
      await new AddNumberPage(stage.page).assign('Front desk');
    },
  },
  {
    name: 'added',
    show: async (stage) => {
      const number = await lastStep(stage, 'a key');
      const addNumber = new AddNumberPage(stage.page);
      await addNumber.submit();
      await addNumber.isAdded(number.shown);
    },
  },
  {
    name: 'added over a SIP trunk',
    show: async (stage) => {
      const addNumber = await stepOf(stage, 'BYO SIP Trunk');
      const number = stage.phone();
      await addNumber.fill({ 'Gateway IP or domain': '198.51.100.7', 'Phone number': number.e164 });
      await addNumber.continueToAgent();
      await addNumber.submit();
      await addNumber.isAdded(number.shown);
    },
  },
  {
    name: 'leaving the stepper',
    show: async (stage) => {
      const addNumber = await stepOf(stage, 'Telnyx');
      await addNumber.fill({ 'Phone number': stage.phone().e164 });
      await stage.page.getByRole('link', { name: 'Agents' }).click();
      await expect(stage.page.getByRole('dialog')).toBeVisible();
    },
  },
  {
    name: 'agents, none yet',
    show: async ({ page }) => {
      await page.goto('/agents');
      await expect(page.getByRole('heading', { name: 'Create your first agent' })).toBeVisible();
    },
  },
  {
    name: 'agents',
    show: async (stage) => {
      await furnish(stage);
      await stage.page.goto('/agents');
      await expect(stage.page.getByRole('table', { name: 'Agents' })).toContainText('Front desk');
    },
  },
  {
    name: 'an agent',
    show: async (stage) => {
      await furnish(stage);
      await stage.page.goto('/agents');
      await dialogOf(stage, 'Edit agent Front desk');
      await expect(stage.page.getByLabel('Instructions')).toHaveValue('Be brief.');
    },
  },
  {
    name: 'an agent that cannot be removed',
    show: async (stage) => {
      await furnish(stage);
      await stage.page.goto('/agents');
      await dialogOf(stage, 'Remove agent Sales');
      await stage.page.getByRole('button', { name: 'Remove agent', exact: true }).click();
      await expect(stage.page.getByRole('dialog').getByRole('alert')).toContainText(LONG);
    },
  },
  {
    name: 'credentials, none yet',
    show: async ({ page }) => {
      await page.goto('/credentials');
      await expect(page.getByRole('heading', { name: 'No credentials saved yet' })).toBeVisible();
    },
  },
  {
    name: 'credentials',
    show: async (stage) => {
      await furnish(stage);
      await stage.page.goto('/credentials');
      await expect(stage.page.getByRole('table', { name: 'Credentials' })).toContainText('Telnyx main');
    },
  },
  {
    name: 'adding a credential, with errors',
    show: async (stage) => {
      await stage.page.goto('/credentials');
      await dialogOf(stage, 'Add credential');
      await stage.page.getByRole('dialog').getByLabel('Provider').selectOption('BYO SIP Trunk');
      await stage.page.getByRole('dialog').getByRole('button', { name: 'Add credential' }).click();
    },
  },
  ...SETTINGS_SCENES,
  {
    name: 'no such page',
    show: async ({ page }) => {
      await page.goto('/nowhere');
      await expect(page.getByRole('heading', { name: 'There is no such page' })).toBeVisible();
      await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible();
    },
  },
  {
    name: 'no such page, signed out',
    show: (stage) => signedOut(stage, '/nowhere'),
  },
  {
    name: 'not available',
    show: async ({ page }) => {
      await page.goto('/numbers');
      await expect(page.getByRole('heading', { name: 'Bring your first number' })).toBeVisible();
      // As somebody gets there who is in the middle of something: the page is not loaded anew.
      await page.evaluate(() => {
        history.pushState(null, '', '/unavailable');
        dispatchEvent(new PopStateEvent('popstate'));
      });
      await expect(page.getByRole('heading', { name: "VoxReach can't be reached" })).toBeVisible();
      await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible();
    },
  },
  {
    name: 'not available, signed out',
    show: (stage) => signedOut(stage, '/unavailable'),
  },
];

/** What a page loads once it stands, by what it stands in. */
const MENUS: readonly [string, string][] = [
  ['app-shell', 'app-person-menu'],
  ['app-number-table', 'app-agent-menu'],
];

/**
 * Waits until everything is there and nothing moves any more, so that colours and places are final. What never ends is left out: spinners, and what is
 * folded away.
 */
export const settled = (page: Page): Promise<unknown> =>
  page.evaluate(
    async (menus) => {
      const isMissing = ([place, menu]: [string, string]) =>
        document.querySelector(place) !== null && document.querySelector(menu) === null;
      while (menus.some(isMissing)) await new Promise(requestAnimationFrame);
      await document.fonts.ready;
      const moving = document
        .getAnimations()
        .filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity)
        .filter(({ effect }) => effect instanceof KeyframeEffect && effect.target?.checkVisibility());
      await Promise.all(moving.map((animation) => animation.finished.catch(() => undefined)));
    },
    [...MENUS],
  );
