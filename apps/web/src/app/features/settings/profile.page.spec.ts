import { MatButtonHarness } from '@angular/material/button/testing';
import { MatDialogHarness } from '@angular/material/dialog/testing';
import { MatSnackBarHarness } from '@angular/material/snack-bar/testing';
import { aMe, aProblem } from '../../../testing/builders';
import { fieldOf, typeInto } from '../../../testing/fields';
import { openPage } from '../../../testing/open-page';
import { ProfilePage } from './profile.page';

const ROUTES = [{ path: 'profile', component: ProfilePage }];

async function open() {
  const page = await openPage(ROUTES, '/profile');
  const press = async (text: string) => {
    await (await page.loader.getHarness(MatButtonHarness.with({ text }))).click();
    await page.drawn();
  };
  return { ...page, press };
}

describe('The profile', () => {
  it('saves the name, which shows everywhere from then on', async () => {
    const { server, press, drawn } = await open();
    const user = { id: 'user', name: 'Dana Field', email: 'dana@acme.example' };
    typeInto('Name', user.name);
    await press('Save name');
    const saved = server.expectOne({ method: 'PATCH', url: '/api/auth/profile' });
    expect(saved.request.body).toEqual({ name: user.name });
    saved.flush(user);
    await drawn();

    server.expectOne('/api/auth/me').flush(aMe({ user }));
    expect(fieldOf('Name').value).toBe(user.name);
  });

  it('changes the password, and keeps neither of the two', async () => {
    const { server, loader, press, drawn } = await open();
    typeInto('Current password', 'correct horse');
    typeInto('New password', 'battery staple');
    await press('Change password');
    const change = server.expectOne('/api/auth/password');
    expect(change.request.body).toEqual({ currentPassword: 'correct horse', newPassword: 'battery staple' });
    expect([fieldOf('Current password').value, fieldOf('New password').value]).toEqual(['', '']);
    change.flush(null, { status: 204, statusText: 'No Content' });
    await drawn();

    const said = await (await loader.getHarness(MatSnackBarHarness)).getMessage();
    expect(said).toContain('Your password is changed.');
  });

  it('says at the current password that it was wrong', async () => {
    const { element, server, press, drawn } = await open();
    typeInto('Current password', 'wrong');
    typeInto('New password', 'battery staple');
    await press('Change password');
    const errors = [{ path: 'currentPassword', message: 'This is not your current password.' }];
    const { body, options } = aProblem(400, 'VALIDATION_FAILED', 'Refused.', { errors });
    server.expectOne('/api/auth/password').flush(body, options);
    await drawn();

    expect(element.textContent).toContain('This is not your current password.');
    expect(document.activeElement).toBe(fieldOf('Current password'));
  });

  it('deletes the account after a question, and says why when it does not', async () => {
    const { server, loader, press, drawn } = await open();
    await press('Delete my account');
    const dialog = await loader.getHarness(MatDialogHarness);
    expect(await dialog.getText()).toContain('Delete the account dana@acme.example?');
    await (await dialog.getHarness(MatButtonHarness.with({ text: 'Delete my account' }))).click();
    const removal = server.expectOne({ method: 'POST', url: '/api/auth/account/removal' });
    expect(removal.request.body).toEqual({ email: 'dana@acme.example' });
    const { body, options } = aProblem(409, 'CONFLICT', 'You are the only owner of Acme.');
    removal.flush(body, options);
    await drawn();

    expect(await dialog.getText()).toContain('You are the only owner of Acme.');
  });
});
