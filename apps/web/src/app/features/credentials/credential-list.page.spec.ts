import { MatButtonHarness } from '@angular/material/button/testing';
import { MatDialogHarness } from '@angular/material/dialog/testing';
import { aProblem } from '../../../testing/builders';
import { openPage } from '../../../testing/open-page';
import { CredentialListPage } from './credential-list.page';

const ROUTES = [{ path: 'credentials', component: CredentialListPage }];
const LIST = '/api/credentials';
const SECRET = 'KEY-do-not-keep';

async function openDialog(kind: string) {
  const page = await openPage(ROUTES, '/credentials');
  page.server.expectOne(({ url }) => url === LIST).flush({ items: [], nextCursor: null });
  await page.drawn();
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
