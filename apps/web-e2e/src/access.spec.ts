import { register } from './support/account';
import { addColleague } from './support/colleague';
import { codeOf } from './support/authenticator';
import { says } from './support/says';
import { signOut } from './support/sign-out';
import { expect, test } from './support/test';
import { unique } from './support/unique';

test.describe('People', () => {
  test('one who is invited joins over the link, which works once', async ({
    page,
    account,
    browser,
    watch,
  }) => {
    const email = `${unique('vera')}@example.com`;
    const password = unique('lilac teapot river');
    await page.goto('/settings/members');
    await page.getByRole('button', { name: 'Invite somebody' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Email').fill(email);
    await dialog.getByLabel('Role').selectOption('Viewer');
    await dialog.getByRole('button', { name: 'Create invitation' }).click();
    await expect(dialog.getByRole('heading', { name: `${email} is invited` })).toBeVisible();
    const link = await dialog.locator('code').innerText();
    await dialog.getByRole('button', { name: 'Copy link' }).click();
    await says(page, 'Copied the link of the invitation');
    await dialog.getByRole('button', { name: 'Done' }).click();
    await expect(page.getByRole('table', { name: 'Invitations' })).toContainText(email);
    watch.keepSecret(password);

    const context = await browser.newContext();
    const other = await context.newPage();
    await other.goto(link);
    await expect(other.getByRole('heading', { name: `Join ${account.organizationName}` })).toBeVisible();
    await expect(other).toHaveURL(/\/invitation$/);
    await other.getByLabel('Your name').fill('Vera Viewer');
    await other.getByLabel('Choose a password').fill(password);
    await other.getByRole('button', { name: /^Join/ }).click();
    await expect(other.getByRole('heading', { level: 1, name: 'Phone numbers' })).toBeVisible();
    await other.goto(link);
    await expect(other.getByRole('heading', { name: 'This invitation is no longer valid' })).toBeVisible();
    await context.close();

    await page.reload();
    await expect(page.getByLabel('Role of Vera Viewer')).toHaveValue('viewer');
    await expect(page.getByText(email)).toHaveCount(1);
  });

  test('who has an account already joins with its password, and goes over from one organisation to the other', async ({
    page,
    account,
    browser,
    playwright,
    baseURL,
  }) => {
    const elsewhere = await playwright.request.newContext({ baseURL });
    const contoso = await register(elsewhere, 'Contoso');
    await contoso.api.addAgent({ name: 'Agent of Contoso' });
    const link = await contoso.api.invite(account.email, 'viewer');
    await elsewhere.dispose();

    const context = await browser.newContext();
    const other = await context.newPage();
    await other.goto(link);
    await other.getByLabel('Password', { exact: true }).fill(account.password);
    await other.getByRole('button', { name: 'Join Contoso' }).click();
    await expect(other.getByRole('banner')).toContainText('Contoso');
    await context.close();

    await account.api.addAgent({ name: 'Agent of Acme' });
    await page.goto('/agents');
    await expect(page.getByRole('button', { name: 'Agent of Acme', exact: true })).toBeVisible();
    await page.getByRole('button', { name: /^Organisation Acme/ }).click();
    await page.getByRole('menuitemradio', { name: /Contoso\s*Viewer/ }).click();
    await expect(page.getByRole('banner')).toContainText('Contoso');
    await page.getByRole('link', { name: 'Agents' }).click();
    await expect(page.getByRole('button', { name: 'Agent of Contoso', exact: true })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Create agent' })).toBeHidden();
  });

  test('a viewer reads everything and is offered nothing that would be refused', async ({
    account,
    browser,
    phone,
  }) => {
    const number = phone();
    const agent = await account.api.addAgent({ name: 'Front desk', firstMessage: 'Good day.' });
    const { id } = await account.api.addNumber({ number: number.e164, name: 'Main line', agentId: agent.id });
    const { page } = await addColleague(browser, account, 'viewer');
    const refused: string[] = [];
    page.on('response', (answer) => {
      if (answer.status() === 403) refused.push(answer.url());
    });

    await page.goto('/numbers');
    await expect(page.getByRole('link', { name: number.shown })).toBeVisible();
    await expect(page.getByRole('link', { name: 'Add number' })).toBeHidden();
    await expect(page.getByRole('button', { name: /^(Rename|Remove|Agent for)/ })).toHaveCount(0);
    await page.goto(`/numbers/${id}`);
    await expect(page.getByText('Front desk answers every call.')).toBeVisible();
    await expect(page.getByRole('heading', { name: 'History' })).toBeHidden();
    await page.goto('/agents');
    await page.getByRole('button', { name: 'Front desk', exact: true }).click();
    await expect(page.getByRole('dialog')).toContainText('Good day.');
    await page.goto('/numbers/add');
    await expect(page).toHaveURL(/\/numbers$/);
    await page.goto('/activity');
    await expect(page).toHaveURL(/\/numbers$/);
    await page.goto('/settings/api-keys');
    await expect(page).toHaveURL(/\/settings\/profile$/);
    expect(refused).toEqual([]);
    await page.context().close();
  });

  test('a role that is changed counts from then on, and one who is removed is out', async ({
    page,
    account,
    browser,
  }) => {
    const colleague = await addColleague(browser, account, 'viewer');
    await page.goto('/settings/members');
    await page.getByLabel('Role of Cleo Colleague').selectOption('Member');
    await says(page, 'Cleo Colleague is a member now.');
    await colleague.page.goto('/agents');
    await expect(colleague.page.getByRole('button', { name: 'Create agent' })).toBeVisible();

    await page.getByRole('button', { name: 'Remove Cleo Colleague' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove member' }).click();
    await says(page, 'Cleo Colleague is removed.');
    await colleague.page.reload();
    await expect(colleague.page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
    await colleague.page.context().close();
  });

  test('the only owner is not offered to leave until somebody else is one too', async ({
    page,
    account,
    browser,
  }) => {
    const colleague = await addColleague(browser, account, 'admin');
    await colleague.page.context().close();
    await page.goto('/settings/members');
    await expect(page.getByText('Only owner')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Leave' })).toBeHidden();

    await page.getByLabel('Role of Cleo Colleague').selectOption('Owner');
    await expect(page.getByRole('button', { name: 'Leave' })).toBeVisible();
  });
});

test.describe('The second factor', () => {
  test('is set up with an app, and its codes sign in from then on', async ({ page, account }) => {
    await page.goto('/settings/security');
    await page.getByRole('button', { name: 'Set up second factor' }).click();
    await expect(page.getByRole('img', { name: 'QR code for your authenticator app' })).toBeVisible();
    const secret = await page.locator('app-shown-once code').innerText();
    await page.getByLabel('Code', { exact: true }).fill(codeOf(secret));
    await page.getByRole('button', { name: 'Turn on second factor' }).click();
    await expect(page.getByRole('heading', { name: 'Save your recovery codes' })).toBeVisible();
    const [recoveryCode = ''] = await page
      .getByRole('list', { name: 'Recovery codes' })
      .locator('code')
      .allInnerTexts();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download as a file' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('voxreach-recovery-codes.txt');
    await page.getByRole('button', { name: 'I have saved them' }).click();
    await expect(page.getByText('On, with an authenticator app')).toBeVisible();
    await expect(page.getByText(recoveryCode)).toBeHidden();

    await signOut(page);
    await page.getByLabel('Email').fill(account.email);
    await page.getByLabel('Password', { exact: true }).fill(account.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page.getByLabel('Code', { exact: true })).toBeFocused();
    await page.getByLabel('Code', { exact: true }).fill('000000');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page.getByText('The code is wrong or was used already.')).toBeVisible();
    await page.getByLabel('Code', { exact: true }).fill(recoveryCode);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Phone numbers' })).toBeVisible();

    // Its owner is told, on whatever page, until they have looked.
    await page.getByRole('link', { name: 'Check that it was you' }).click();
    const notices = page.getByRole('table', { name: 'What happened to your account' });
    await expect(notices.getByRole('row', { name: 'A recovery code was used' })).toBeVisible();
    await expect(page.getByText('The security of your account has changed.')).toBeHidden();
  });
});

test.describe('The account', () => {
  test('the password is changed, which ends the session everywhere else', async ({
    page,
    account,
    browser,
    secret,
  }) => {
    const context = await browser.newContext();
    const data = { email: account.email, password: account.password };
    expect((await context.request.post('/api/auth/login', { data })).status()).toBe(200);
    const other = await context.newPage();
    await other.goto('/agents');
    await expect(other.getByRole('banner')).toContainText(account.email);

    await page.goto('/settings/profile');
    await page.getByLabel('Current password', { exact: true }).fill('not this one');
    await page.getByLabel('New password', { exact: true }).fill(secret('password'));
    await page.getByRole('button', { name: 'Change password' }).click();
    await expect(page.getByText('This is not your current password.')).toBeVisible();
    await page.getByLabel('Current password', { exact: true }).fill(account.password);
    await page.getByLabel('New password', { exact: true }).fill(secret('password'));
    await page.getByRole('button', { name: 'Change password' }).click();
    await says(page, 'Your password is changed.');

    await other.reload();
    await expect(other.getByRole('heading', { name: 'Sign in' })).toBeVisible();
    await context.close();
  });

  test('a session elsewhere is signed out', async ({ page, account, browser }) => {
    const context = await browser.newContext({ userAgent: 'Mozilla/5.0 (Windows NT 10.0) Firefox/132.0' });
    const data = { email: account.email, password: account.password };
    expect((await context.request.post('/api/auth/login', { data })).status()).toBe(200);
    await page.goto('/settings/sessions');
    await page.getByRole('button', { name: /^Sign out Firefox on Windows/ }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Sign out there' }).click();
    await says(page, 'Firefox on Windows is signed out.');
    await expect(page.getByRole('button', { name: /^Sign out Firefox on Windows/ })).toBeHidden();
    expect((await context.request.post('/api/auth/refresh')).status()).toBe(401);
    await context.close();
  });

  test('names of the person and the organisation show everywhere once they are saved', async ({
    page,
    account,
  }) => {
    await page.goto('/settings/profile');
    await page.getByLabel('Name', { exact: true }).fill('Ada Lovelace');
    await page.getByRole('button', { name: 'Save name' }).click();
    await expect(page.getByRole('banner')).toContainText('Ada Lovelace');
    await page.getByRole('link', { name: 'Organisation', exact: true }).click();
    await expect(page.getByLabel('Name', { exact: true })).toHaveValue(account.organizationName);
    await page.getByLabel('Name', { exact: true }).fill('Analytical Engines');
    await page.getByRole('button', { name: 'Save name' }).click();
    await expect(page.getByRole('banner')).toContainText('Analytical Engines');
  });
});

test.describe('The settings on a phone', () => {
  test.use({ viewport: { width: 360, height: 740 } });

  test('scroll sideways to the section that is open', async ({ page, account }) => {
    expect(account.email).not.toBe('');
    await page.goto('/settings/api-keys');
    const sections = page.getByRole('navigation', { name: 'Settings' });
    await expect(sections.getByRole('link', { name: 'API keys' })).toBeInViewport({ ratio: 1 });
    await page.getByRole('link', { name: 'Settings' }).click();
    await expect(page).toHaveURL(/\/settings\/profile$/);
    await expect(sections.getByRole('link', { name: 'Profile' })).toBeInViewport({ ratio: 1 });
  });
});

test.describe('API keys', () => {
  test('one is shown once, does what it was made for and no more, and nothing once it is revoked', async ({
    page,
    account,
    playwright,
    baseURL,
  }) => {
    expect(account.email).not.toBe('');
    await page.goto('/settings/api-keys');
    await page.getByRole('button', { name: 'Create API key' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('Nightly import');
    await dialog.getByLabel('See phone numbers').check();
    await dialog.getByRole('button', { name: 'Create API key' }).click();
    await expect(dialog.getByRole('heading', { name: 'Nightly import is ready' })).toBeVisible();
    const key = await dialog.locator('app-shown-once code').innerText();
    await dialog.getByRole('button', { name: 'Done' }).click();
    await expect(page.getByRole('table', { name: 'API keys' })).toContainText('See phone numbers');
    expect(await page.content()).not.toContain(key);

    const extraHTTPHeaders = { Authorization: `Bearer ${key}` };
    const program = await playwright.request.newContext({ baseURL, extraHTTPHeaders });
    expect((await program.get('/api/phone-numbers')).status()).toBe(200);
    expect((await program.get('/api/agents')).status()).toBe(403);
    await page.getByRole('button', { name: 'Revoke Nightly import' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke key' }).click();
    await says(page, 'Nightly import is revoked.');
    expect((await program.get('/api/phone-numbers')).status()).toBe(401);
    await program.dispose();
  });

  test('a session that is not fresh has to be confirmed first, and goes on where it was', async ({
    page,
    account,
  }) => {
    const problem = {
      type: 'about:blank',
      title: 'Forbidden',
      status: 403,
      detail: 'Confirm who you are.',
      code: 'STEP_UP_REQUIRED',
      requestId: 'request',
    };
    // As the server answers 15 minutes after the sign-in.
    await page.route(
      '**/api/api-keys',
      (route) =>
        route.request().method() === 'POST'
          ? route.fulfill({ status: 403, json: problem })
          : route.fallback(),
      { times: 2 },
    );
    await page.goto('/settings/api-keys');
    await page.getByRole('button', { name: 'Create API key' }).click();
    const dialog = page.getByRole('dialog', { name: 'Create API key' });
    await dialog.getByLabel('Name').fill('Nightly import');
    await dialog.getByLabel('See agents').check();
    await dialog.getByRole('button', { name: 'Create API key' }).click();
    const confirmation = page.getByRole('dialog', { name: 'Confirm that it is you' });
    await confirmation.getByLabel('Your password', { exact: true }).fill('not this one');
    await confirmation.getByRole('button', { name: 'Confirm' }).click();
    await expect(confirmation.getByText('The password is wrong.')).toBeVisible();
    await confirmation.getByLabel('Your password', { exact: true }).fill(account.password);
    await confirmation.getByRole('button', { name: 'Confirm' }).click();
    await expect(page.getByRole('heading', { name: 'Nightly import is ready' })).toBeVisible();
  });
});
