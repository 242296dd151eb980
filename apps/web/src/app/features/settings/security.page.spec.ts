import { MatButtonHarness } from '@angular/material/button/testing';
import { MatDialogHarness } from '@angular/material/dialog/testing';
import { MatSnackBarHarness } from '@angular/material/snack-bar/testing';
import { aMe, aProblem } from '../../../testing/builders';
import { typeInto } from '../../../testing/fields';
import { openPage } from '../../../testing/open-page';
import { SecurityPage } from './security.page';

const ROUTES = [{ path: 'security', component: SecurityPage }];
const FACTOR = '/api/auth/second-factor';
const SECRET = 'JBSWY3DPEHPK3PXP';
const setup = { secret: SECRET, uri: `otpauth://totp/VoxReach:dana?secret=${SECRET}&issuer=VoxReach` };
const CODES = ['abcd-efgh-2345-6723', 'bcde-fghi-3456-7234'];

async function open(hasSecondFactor: boolean) {
  const page = await openPage(ROUTES, '/security', { hasSecondFactor });
  const readNotices = () => {
    for (const request of page.server.match('/api/auth/security-notices')) request.flush({ items: [] });
  };
  await page.drawn();
  readNotices();
  const press = async (text: string | RegExp) => {
    await (await page.loader.getHarness(MatButtonHarness.with({ text }))).click();
    await page.drawn();
  };
  return { ...page, press };
}

async function openSetup() {
  const page = await open(false);
  await page.press('Set up second factor');
  page.server.expectOne({ method: 'POST', url: FACTOR }).flush(setup);
  await page.drawn();
  return page;
}

describe('The second factor', () => {
  it('is set up with a QR code, or with its key as text', async () => {
    const { element } = await openSetup();

    const code = element.querySelector('app-qr-code svg');
    expect(code?.getAttribute('aria-label')).toBe('QR code for your authenticator app');
    expect(code?.querySelector('path')?.getAttribute('d')?.length).toBeGreaterThan(1_000);
    expect(element.querySelector('app-shown-once code')?.textContent).toBe(SECRET);
  });

  it('is on once a code of the app was right, and shows the recovery codes this one time', async () => {
    const { element, server, press, drawn } = await openSetup();
    typeInto('Code', '123 456');
    await press('Turn on second factor');
    const confirm = server.expectOne(`${FACTOR}/confirm`);
    expect(confirm.request.body).toEqual({ code: '123456' });
    confirm.flush({ recoveryCodes: CODES });
    await drawn();
    server.expectOne('/api/auth/me').flush(aMe({ hasSecondFactor: true }));
    await drawn();
    expect(element.textContent).toContain(CODES[0]);
    expect(element.textContent).not.toContain('Codes you had before');
    expect(element.innerHTML).not.toContain(SECRET);

    await press('I have saved them');
    expect(element.textContent).toContain('On, with an authenticator app');
    expect(element.innerHTML).not.toContain(CODES[0]);
  });

  it('says why one is here when the organisation requires it', async () => {
    const { element } = await openPage(ROUTES, '/security', { needsSecondFactor: true });

    expect(element.querySelector('[role=status]')?.textContent).toContain(
      'Your organisation requires a second factor.',
    );
  });

  it('stays off while the code is wrong, and says so at its field', async () => {
    const { element, server, press, drawn } = await openSetup();
    typeInto('Code', '12');
    await press('Turn on second factor');
    server.expectNone(`${FACTOR}/confirm`);
    expect(element.textContent).toContain('Enter the six digits that your authenticator app shows.');

    typeInto('Code', '000000');
    await press('Turn on second factor');
    const errors = [{ path: 'code', message: 'This code is not right.' }];
    const { body, options } = aProblem(400, 'VALIDATION_FAILED', 'Refused.', { errors });
    server.expectOne(`${FACTOR}/confirm`).flush(body, options);
    await drawn();
    expect(element.textContent).toContain('This code is not right.');
  });

  it('is removed after a question', async () => {
    const { element, server, loader, press, drawn } = await open(true);
    await press('Remove second factor');
    const dialog = await loader.getHarness(MatDialogHarness);
    expect(await dialog.getText()).toContain('Your password alone will sign in');
    await (await dialog.getHarness(MatButtonHarness.with({ text: 'Remove second factor' }))).click();
    server
      .expectOne({ method: 'DELETE', url: FACTOR })
      .flush(null, { status: 204, statusText: 'No Content' });
    await drawn();
    server.expectOne('/api/auth/me').flush(aMe());
    await drawn();

    expect(element.textContent).toContain('Set up second factor');
  });

  it('gets new recovery codes, and says when it does not', async () => {
    const { element, server, loader, press, drawn } = await open(true);
    await press('Make new recovery codes');
    const { body, options } = aProblem(503, 'UPSTREAM_UNAVAILABLE', 'Not available.');
    server.expectOne(`${FACTOR}/recovery-codes`).flush(body, options);
    await drawn();
    expect(await (await loader.getHarness(MatSnackBarHarness)).getMessage()).toBe('Not available.');

    await press('Make new recovery codes');
    server.expectOne(`${FACTOR}/recovery-codes`).flush({ recoveryCodes: CODES });
    await drawn();
    expect(element.textContent).toContain(CODES[1]);
    expect(element.textContent).toContain('Codes you had before no longer work.');
  });
});
