import { expect, test } from './support/test';
import { register } from './support/account';
import { signOut } from './support/sign-out';
import { unique } from './support/unique';

test.describe('Session', () => {
  test('signing up makes an organisation and leads to its empty list', async ({ page, secret }) => {
    await page.goto('/');
    await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
    await page.getByRole('link', { name: 'Create an account' }).click();
    await page.getByLabel('Organisation name').fill('Northwind');
    await page.getByLabel('Your name').fill('Nora North');
    await page.getByLabel('Email').fill(`${unique('nora')}@example.com`);
    await page.getByLabel('Password', { exact: true }).fill(secret('password'));
    await page.getByRole('button', { name: 'Create account' }).click();

    await expect(page).toHaveURL(/\/numbers$/);
    await expect(page.getByRole('heading', { name: 'Bring your first number' })).toBeVisible();
    await expect(page.getByRole('banner')).toContainText('Northwind');
    await expect(page.getByRole('banner')).toContainText('Nora North');
  });

  test('signing up says at each field what is missing', async ({ page }) => {
    await page.goto('/sign-up');
    await page.getByRole('button', { name: 'Create account' }).click();
    await expect(page.getByLabel('Organisation name')).toBeFocused();
    await expect(page.getByText('Enter the name of your organisation.')).toBeVisible();
    await expect(page.getByText('Enter your name.')).toBeVisible();
    await expect(page.getByText('Enter an email address, for example you@example.com.')).toBeVisible();
    await expect(page.getByLabel('Password', { exact: true })).toHaveAttribute('aria-invalid', 'true');
  });

  test('an address that has an account is refused at its field, and the password has to be entered again', async ({
    page,
    playwright,
    baseURL,
    secret,
  }) => {
    const elsewhere = await playwright.request.newContext({ baseURL });
    const { email } = await register(elsewhere);
    await elsewhere.dispose();

    await page.goto('/sign-up');
    await page.getByLabel('Organisation name').fill('Second');
    await page.getByLabel('Your name').fill('Sam');
    await page.getByLabel('Email').fill(email);
    await page.getByLabel('Password', { exact: true }).fill(secret('password'));
    await page.getByRole('button', { name: 'Create account' }).click();

    await expect(page.getByText('This address has an account already.')).toBeVisible();
    await expect(page.getByLabel('Email')).toBeFocused();
    await expect(page.getByLabel('Password', { exact: true })).toHaveValue('');
  });

  test('a wrong password signs nobody in, the right one does', async ({
    page,
    playwright,
    baseURL,
    watch,
  }) => {
    const elsewhere = await playwright.request.newContext({ baseURL });
    const { email, password } = await register(elsewhere, 'Contoso');
    await elsewhere.dispose();
    watch.keepSecret(password);

    await page.goto('/sign-in');
    await page.getByLabel('Email').fill(email);
    await page.getByLabel('Password', { exact: true }).fill(`not ${unique('it')}`);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page.getByRole('alert')).toContainText('The email address or the password is wrong.');
    await expect(page.getByLabel('Password', { exact: true })).toHaveValue('');
    await expect(page.getByLabel('Password', { exact: true })).toBeFocused();

    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/\/numbers$/);
    await expect(page.getByRole('banner')).toContainText('Contoso');
  });

  test('the demo organisation can be entered and has its two agents', async ({ page }) => {
    await page.goto('/sign-in');
    await page.getByLabel('Email').fill('demo@voxreach.example');
    await page.getByLabel('Password', { exact: true }).fill('voxreach-demo');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Phone numbers' })).toBeVisible();
    await page.getByRole('link', { name: 'Agents' }).click();
    await expect(page.getByRole('button', { name: 'Front desk', exact: true })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Sales', exact: true })).toBeVisible();
  });

  test('a reload keeps the session', async ({ page, account }) => {
    await page.goto('/agents');
    await expect(page.getByRole('banner')).toContainText(account.email);
    await page.reload();
    await expect(page.getByRole('heading', { name: 'Create your first agent' })).toBeVisible();
    await expect(page.getByRole('banner')).toContainText(account.email);
  });

  test('the address that was asked for opens after signing in', async ({
    page,
    playwright,
    baseURL,
    phone,
  }) => {
    const elsewhere = await playwright.request.newContext({ baseURL });
    const { email, password, api } = await register(elsewhere);
    const number = phone();
    await api.addNumber({ number: number.e164, name: 'Hotline' });
    await api.addNumber({ number: phone().e164, name: 'Other line' });
    await elsewhere.dispose();

    await page.goto('/numbers?search=Hotline&sort=name');
    await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
    await page.getByLabel('Email').fill(email);
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();

    await expect(page).toHaveURL(/\/numbers\?search=Hotline&sort=name$/);
    await expect(page.getByRole('link', { name: number.shown })).toBeVisible();
    await expect(page.getByText('Other line')).toBeHidden();
  });

  test('a link to the sign-in page leads to no other site', async ({ page, account }) => {
    await page.context().clearCookies();
    await page.goto('/sign-in?returnUrl=https://example.com/');
    await page.getByLabel('Email').fill(account.email);
    await page.getByLabel('Password', { exact: true }).fill(account.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Phone numbers' })).toBeVisible();
  });

  test('after signing out, neither Back nor a reload shows anything', async ({ page, account }) => {
    await account.api.addAgent({ name: 'Night shift' });
    await page.goto('/agents');
    await expect(page.getByRole('button', { name: 'Night shift', exact: true })).toBeVisible();
    await signOut(page);
    await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
    await page.goBack();
    await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
    await page.goto('/agents');
    await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
    await expect(page.getByText('Night shift')).toBeHidden();
  });

  test('signing out in one tab ends the session in the others', async ({ context, page, account }) => {
    await page.goto('/numbers');
    await expect(page.getByRole('banner')).toContainText(account.email);
    const other = await context.newPage();
    await other.goto('/agents');
    await expect(other.getByRole('banner')).toContainText(account.email);
    await signOut(page);
    await expect(other.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  });
});
