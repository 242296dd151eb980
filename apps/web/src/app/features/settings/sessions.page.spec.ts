import { MatButtonHarness } from '@angular/material/button/testing';
import { MatDialogHarness } from '@angular/material/dialog/testing';
import type { SignedInSession } from '@voxreach/contracts';
import { aProblem } from '../../../testing/builders';
import { press } from '../../../testing/fields';
import { openPage } from '../../../testing/open-page';
import { SessionsPage } from './sessions.page';

const ROUTES = [{ path: 'sessions', component: SessionsPage }];
const URL = '/api/auth/sessions';
const DONE = { status: 204, statusText: 'No Content' };

const aPlace = (given: Partial<SignedInSession>): SignedInSession => ({
  id: crypto.randomUUID(),
  isCurrent: false,
  address: '198.51.100.7',
  userAgent: 'Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/132.0',
  createdAt: '2026-01-05T10:00:00.000Z',
  lastUsedAt: '2026-01-06T10:00:00.000Z',
  ...given,
});

async function open(...places: SignedInSession[]) {
  const page = await openPage(ROUTES, '/sessions');
  await page.drawn();
  page.server.expectOne(URL).flush({ items: places });
  await page.drawn();
  const confirm = async (text: string) => {
    const dialog = await page.loader.getHarness(MatDialogHarness);
    await (await dialog.getHarness(MatButtonHarness.with({ text }))).click();
  };
  return { ...page, confirm };
}

describe('The sessions of a person', () => {
  it('say which one this is, and can be ended one by one', async () => {
    const other = aPlace({});
    const { element, server, confirm, drawn } = await open(
      aPlace({ isCurrent: true, userAgent: null }),
      other,
    );
    expect(element.textContent).toContain('This browser');
    expect(element.querySelectorAll('[aria-label^="Sign out Firefox"]')).toHaveLength(1);
    element.querySelector<HTMLButtonElement>('[aria-label^="Sign out Firefox on Windows"]')?.click();
    await drawn();
    await confirm('Sign out there');
    server.expectOne({ method: 'DELETE', url: `${URL}/${other.id}` }).flush(null, DONE);
    await drawn();

    server.expectOne({ method: 'GET', url: URL });
  });

  it('can all be ended but this one', async () => {
    const { server, loader, confirm } = await open(aPlace({ isCurrent: true }), aPlace({}));
    await (await loader.getHarness(MatButtonHarness.with({ text: 'Sign out everywhere else' }))).click();
    await confirm('Sign out everywhere else');

    server.expectOne({ method: 'DELETE', url: URL });
  });

  it('offer nothing to end where there is only this one', async () => {
    const { loader } = await open(aPlace({ isCurrent: true }));

    expect(await loader.getAllHarnesses(MatButtonHarness)).toHaveLength(0);
  });

  it('say when they cannot be read, and can be read again', async () => {
    const { element, server, drawn } = await openPage(ROUTES, '/sessions');
    await drawn();
    const { body, options } = aProblem(503, 'UPSTREAM_UNAVAILABLE', 'Not available.');
    server.expectOne(URL).flush(body, options);
    await drawn();
    expect(element.querySelector('[role=alert]')?.textContent).toContain('Not available.');

    press('Try again');
    await drawn();
    server.expectOne(URL);
  });
});
