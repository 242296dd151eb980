import { expect } from '@playwright/test';
import { register } from './account';
import type { Scene, Stage } from './scene';
import { unique } from './unique';

const opened =
  (path: string, heading: string) =>
  async ({ page }: Stage): Promise<void> => {
    await page.goto(path);
    await expect(page.getByRole('heading', { name: heading, exact: true })).toBeVisible();
  };

async function openDialog({ page }: Stage, path: string, button: string): Promise<void> {
  await page.goto(path);
  await page.getByRole('button', { name: button, exact: true }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
}

/** The browser is signed in as the person who was invited from then on. */
async function join({ page }: Stage, link: string, password = unique('lilac teapot river')): Promise<void> {
  const data = { token: link.split('#')[1], name: 'Vera Viewer', password };
  const answer = await page.request.post('/api/auth/invitations/accept', { data });
  expect(answer.ok(), await answer.text()).toBe(true);
}

/** Settings and activity, as an owner sees them. */
export const SETTINGS_SCENES: readonly Scene[] = [
  { name: 'profile', show: opened('/settings/profile', 'Profile') },
  { name: 'second factor, off', show: opened('/settings/security', 'Second factor') },
  {
    name: 'second factor, being set up',
    show: async ({ page }) => {
      await page.goto('/settings/security');
      await page.getByRole('button', { name: 'Set up second factor' }).click();
      await expect(page.getByRole('img', { name: 'QR code for your authenticator app' })).toBeVisible();
    },
  },
  {
    name: 'second factor, on',
    show: async (stage) => {
      await stage.account.api.setUpSecondFactor();
      await opened('/settings/security', 'Second factor')(stage);
      await expect(stage.page.getByText('On, with an authenticator app')).toBeVisible();
    },
  },
  {
    name: 'something happened to the account',
    show: async (stage) => {
      await stage.account.api.setUpSecondFactor();
      await opened('/settings/profile', 'Profile')(stage);
      await expect(stage.page.getByRole('link', { name: 'Check that it was you' })).toBeVisible();
    },
  },
  {
    name: 'recovery codes',
    show: async ({ page, account }) => {
      await account.api.setUpSecondFactor();
      await page.goto('/settings/security');
      await page.getByRole('button', { name: 'Make new recovery codes' }).click();
      await expect(page.getByRole('heading', { name: 'Save your recovery codes' })).toBeVisible();
    },
  },
  {
    name: 'sign in, the code',
    show: async ({ page, account }) => {
      await account.api.setUpSecondFactor();
      await page.context().clearCookies();
      await page.goto('/sign-in');
      await page.getByLabel('Email').fill(account.email);
      await page.getByLabel('Password', { exact: true }).fill(account.password);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await expect(page.getByRole('heading', { name: 'Enter your code' })).toBeVisible();
    },
  },
  {
    name: 'sessions',
    show: async (stage) => {
      await opened('/settings/sessions', 'Sessions')(stage);
      await expect(stage.page.getByText('This browser')).toBeVisible();
    },
  },
  { name: 'appearance', show: opened('/settings/appearance', 'Appearance') },
  {
    name: 'organisation',
    show: async (stage) => {
      await opened('/settings/organization', 'Organisation')(stage);
      await expect(stage.page.getByLabel('Name', { exact: true })).toHaveValue('Acme');
    },
  },
  {
    name: 'members',
    show: async (stage) => {
      await stage.account.api.invite('a.person.with.a.long.address@branch-office.example.com', 'viewer');
      await opened('/settings/members', 'Invitations')(stage);
    },
  },
  {
    name: 'inviting, with errors',
    show: async (stage) => {
      await openDialog(stage, '/settings/members', 'Invite somebody');
      await stage.page.getByRole('button', { name: 'Create invitation' }).click();
    },
  },
  {
    name: 'invited',
    show: async (stage) => {
      await openDialog(stage, '/settings/members', 'Invite somebody');
      await stage.page.getByRole('dialog').getByLabel('Email').fill('vera@example.com');
      await stage.page.getByRole('button', { name: 'Create invitation' }).click();
      await expect(stage.page.getByRole('heading', { name: 'vera@example.com is invited' })).toBeVisible();
    },
  },
  {
    name: 'an invitation',
    show: async (stage) => {
      const link = await stage.account.api.invite('vera@example.com', 'admin');
      await stage.page.context().clearCookies();
      await opened(`/invitation#${link.split('#')[1]}`, 'Join Acme')(stage);
    },
  },
  {
    name: 'an invitation that is no longer valid',
    show: opened('/invitation#spent', 'This invitation is no longer valid'),
  },
  { name: 'API keys, none yet', show: opened('/settings/api-keys', 'No API keys yet') },
  {
    name: 'API keys',
    show: async (stage) => {
      await stage.account.api.addApiKey('Nightly import', ['numbers:read', 'numbers:write', 'agents:read']);
      await opened('/settings/api-keys', 'API keys')(stage);
      await expect(stage.page.getByRole('table')).toContainText('Nightly import');
    },
  },
  {
    name: 'an API key, with errors',
    show: async (stage) => {
      await openDialog(stage, '/settings/api-keys', 'Create API key');
      await stage.page.getByRole('dialog').getByRole('button', { name: 'Create API key' }).click();
    },
  },
  {
    name: 'activity',
    show: async (stage) => {
      await stage.account.api.addAgent({ name: 'Front desk' });
      await opened('/activity', 'Activity')(stage);
      await stage.page.getByRole('button', { name: /^Details: Added an agent/ }).click();
    },
  },
  {
    name: 'activity, nothing found',
    show: opened('/activity?from=2020-01-01&to=2020-01-31&outcome=refused', 'Nothing matches'),
  },
  {
    name: 'confirming who one is',
    show: async (stage) => {
      const json = {
        type: 'about:blank',
        title: '',
        status: 403,
        detail: '',
        code: 'STEP_UP_REQUIRED',
        requestId: '',
      };
      await stage.page.route('**/api/auth/second-factor', (route) => route.fulfill({ status: 403, json }));
      await openDialog(stage, '/settings/security', 'Set up second factor');
    },
  },
  {
    name: 'numbers, for a viewer',
    show: async (stage) => {
      const { page, account, phone } = stage;
      await account.api.addNumber({ number: phone().e164, name: 'Main line' });
      await join(stage, await account.api.invite(`${unique('vera')}@example.com`, 'viewer'));
      await page.goto('/numbers');
      await expect(page.getByRole('table')).toContainText('Main line');
    },
  },
  {
    name: 'the organisations',
    show: async (stage) => {
      const { page, account } = stage;
      const { api } = await register(page.request, 'Contoso');
      await join(stage, await api.invite(account.email, 'viewer'), account.password);
      await page.goto('/agents');
      await page.getByRole('button', { name: /^Organisation/ }).click();
      await expect(page.getByRole('menu')).toBeVisible();
    },
  },
  {
    name: 'the menu of the person',
    show: async ({ page }) => {
      await page.goto('/agents');
      await page.getByRole('button', { name: /^Your account/ }).click();
      await expect(page.getByRole('menu')).toBeVisible();
    },
  },
];
