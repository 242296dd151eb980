import { MatButtonHarness } from '@angular/material/button/testing';
import { MatDialogHarness } from '@angular/material/dialog/testing';
import { MatSnackBarHarness } from '@angular/material/snack-bar/testing';
import { aCredential, aProblem } from '../../../testing/builders';
import { openPage } from '../../../testing/open-page';
import { CredentialListPage } from './credential-list.page';

const ROUTES = [{ path: 'credentials', component: CredentialListPage }];
const LIST = '/api/credentials';
const SECRET = 'KEY-do-not-keep';

async function openList(...items: ReturnType<typeof aCredential>[]) {
  const page = await openPage(ROUTES, '/credentials');
  page.server.expectOne(({ url }) => url === LIST).flush({ items, nextCursor: null });
  await page.drawn();
  return page;
}

async function openDialog(kind: string) {
  const page = await openList();
  const [add] = await page.loader.getAllHarnesses(MatButtonHarness.with({ text: 'Add credential' }));
  await add?.click();
  const select = document.querySelector('#credential-kind') as HTMLSelectElement;
  select.value = kind;
  select.dispatchEvent(new Event('change'));
  await page.drawn();
  const dialog = await page.loader.getHarness(MatDialogHarness);
  const save = async () =>
    (await dialog.getHarness(MatButtonHarness.with({ text: 'Add credential' }))).click();
  const secret = document.querySelector('mat-dialog-container input[type=password]') as HTMLInputElement;
  return { ...page, dialog, save, secret };
}

const type = (field: HTMLInputElement, value: string) => {
  field.value = value;
  field.dispatchEvent(new Event('input'));
};

describe('Saving a credential', () => {
  it('asks for what the provider needs, and sends that alone', async () => {
    const { server, save, secret } = await openDialog('telnyx');
    type(secret, SECRET);
    await save();

    expect(server.expectOne({ method: 'POST', url: LIST }).request.body).toEqual({
      provider: 'telnyx',
      credential: { apiKey: SECRET },
    });
  });

  it('forgets the secret as soon as it is sent, and shows a refusal at its field', async () => {
    const { server, save, secret, drawn } = await openDialog('telnyx');
    type(secret, SECRET);
    await save();
    expect(secret.value).toBe('');

    const errors = [{ path: 'credential.apiKey', message: 'Telnyx did not accept this key.' }];
    const { body, options } = aProblem(422, 'PROVIDER_REJECTED', 'Refused.', { errors });
    server.expectOne({ method: 'POST', url: LIST }).flush(body, options);
    await drawn();
    expect(document.querySelector('mat-dialog-container')?.textContent).toContain(
      'Telnyx did not accept this key.',
    );
    expect(document.activeElement).toBe(secret);
  });

  it('says when a kind of credential cannot be used for several numbers', async () => {
    const { dialog } = await openDialog('twilio');

    expect(await dialog.getText()).toContain('cannot be added with a saved credential');
  });

  it('sends nothing while something is missing', async () => {
    const { server, save, dialog } = await openDialog('vonage');
    await save();

    server.expectNone({ method: 'POST', url: LIST });
    expect(await dialog.getText()).toContain('Enter the API Key of the Vonage account.');
  });
});

describe('A credential that needs attention', () => {
  const attention = 'Removing this credential has failed so far. Try again.';
  const unsettled = aCredential({ name: 'Old one', attention });

  async function openUnsettled() {
    const page = await openList(unsettled, aCredential({ name: 'Good one' }));
    const press = async (text: string) =>
      (await page.loader.getHarness(MatButtonHarness.with({ text }))).click();
    const retry = async () => {
      await press('Try again');
      return page.server.expectOne({ method: 'POST', url: `${LIST}/${unsettled.id}/retry` });
    };
    const listArrives = async (...items: ReturnType<typeof aCredential>[]) => {
      page.server.expectOne(({ url }) => url === LIST).flush({ items, nextCursor: null });
      await page.drawn();
    };
    const message = async () => (await page.loader.getHarness(MatSnackBarHarness)).getMessage();
    return { ...page, press, retry, listArrives, message };
  }

  it('says what happened, with the two ways out and no other', async () => {
    const { element } = await openUnsettled();

    const notices = element.querySelectorAll('app-attention-notice');
    expect(notices).toHaveLength(1);
    expect(notices[0]?.textContent).toContain('Old one needs you');
    expect(notices[0]?.textContent).toContain(attention);
    const buttons = [...(notices[0]?.querySelectorAll('button') ?? [])];
    expect(buttons.map(({ textContent }) => textContent.trim())).toEqual(['Try again', 'Remove credential']);
    const others = [
      ...element.querySelectorAll<HTMLElement>('tbody [aria-label^=Remove], tbody [aria-label^=Edit]'),
    ];
    expect(others.filter(({ ariaLabel }) => ariaLabel?.includes('Old one'))).toEqual([]);
  });

  it('is as any other once it is settled', async () => {
    const { element, retry, drawn, listArrives, message } = await openUnsettled();
    (await retry()).flush({ ...unsettled, attention: null });
    await drawn();
    await listArrives({ ...unsettled, attention: null });

    expect(element.querySelector('app-attention-notice')).toBeNull();
    expect(await message()).toBe('Old one is settled.');
    expect(document.activeElement).toBe(element.querySelector('h1'));
  });

  it('leaves the list when settling it was its end', async () => {
    const { element, retry, drawn, listArrives, message } = await openUnsettled();
    (await retry()).flush(null, { status: 204, statusText: 'No Content' });
    await drawn();
    await listArrives();

    expect(element.textContent).not.toContain('Old one');
    expect(await message()).toContain('Old one was cleaned up');
  });

  it('stays and says what to do when it cannot be settled now', async () => {
    const { element, retry, drawn } = await openUnsettled();
    const { body, options } = aProblem(503, 'UPSTREAM_UNAVAILABLE', 'The voice platform cannot be reached.');
    (await retry()).flush(body, options);
    await drawn();

    const alert = element.querySelector('app-attention-notice [role=alert]');
    expect(alert?.textContent).toContain('The voice platform cannot be reached.');
    expect(alert?.textContent).toContain('keeps trying by itself');
  });

  it('is shown as it is now when it was settled in the meantime', async () => {
    const { element, retry, drawn, listArrives } = await openUnsettled();
    const { body, options } = aProblem(409, 'CONFLICT', 'This credential needs no attention.');
    (await retry()).flush(body, options);
    await drawn();
    await listArrives({ ...unsettled, attention: null });

    expect(element.querySelector('app-attention-notice')).toBeNull();
    expect(element.textContent).toContain('Old one');
  });

  it('is removed as any other', async () => {
    const { loader, press, server, drawn, listArrives, message } = await openUnsettled();
    await press('Remove credential');
    const dialog = await loader.getHarness(MatDialogHarness);
    await (await dialog.getHarness(MatButtonHarness.with({ text: 'Remove credential' }))).click();
    const url = `${LIST}/${unsettled.id}`;
    server.expectOne({ method: 'DELETE', url }).flush(null, { status: 204, statusText: 'No Content' });
    await drawn();
    await listArrives();

    expect(await message()).toBe('Old one is removed.');
  });
});
