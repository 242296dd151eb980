import { Location } from '@angular/common';
import { TestBed } from '@angular/core/testing';
import type { InvitationPreviewResponse } from '@voxreach/contracts';
import { aMe, aProblem, aSession } from '../../../testing/builders';
import { fieldOf, typeInto } from '../../../testing/fields';
import { openPage } from '../../../testing/open-page';
import { InvitationPage } from './invitation.page';

const ROUTES = [{ path: 'invitation', component: InvitationPage }];
const TOKEN = 'the-token-of-the-invitation';
const PREVIEW = '/api/auth/invitations/preview';
const ACCEPT = '/api/auth/invitations/accept';

async function open(given: Partial<InvitationPreviewResponse> = {}) {
  const page = await openPage(ROUTES, `/invitation#${TOKEN}`);
  await page.drawn();
  const preview = page.server.expectOne(PREVIEW);
  expect(preview.request.body).toEqual({ token: TOKEN });
  preview.flush({
    organizationName: 'Contoso',
    email: 'vera@example.com',
    role: 'viewer',
    hasAccount: false,
    ...given,
  });
  await page.drawn();
  const join = async () => {
    page.element.querySelector<HTMLElement>('button[type=submit]')?.click();
    await page.drawn();
  };
  return { ...page, join };
}

describe('The page of an invitation', () => {
  it('takes the token out of the address, and shows it nowhere', async () => {
    const { element } = await open();

    expect(TestBed.inject(Location).path(true)).toBe('/invitation');
    expect(element.innerHTML).not.toContain(TOKEN);
  });

  it('says who invites, as what, and makes an account for who has none', async () => {
    const { element, server, join, drawn, router } = await open();
    expect(element.textContent).toContain('Join Contoso');
    expect(element.textContent).toContain('As a viewer, with the address vera@example.com.');
    await join();
    await drawn();
    expect(element.textContent).toContain('Enter your name.');
    server.expectNone(ACCEPT);

    typeInto('Your name', 'Vera Viewer');
    typeInto('Choose a password', 'correct horse');
    await join();
    const accepted = server.expectOne(ACCEPT);
    expect(accepted.request.body).toEqual({ token: TOKEN, name: 'Vera Viewer', password: 'correct horse' });
    expect(fieldOf('Choose a password').value).toBe('');
    accepted.flush({ ...aSession('token'), organization: { id: 'other', name: 'Contoso', role: 'viewer' } });
    await drawn();
    server.expectOne('/api/auth/me').flush(aMe());
    expect(router.url).toBe('/numbers');
  });

  it('asks who has an account for its password, and for a code where there is a second factor', async () => {
    const { element, server, join, drawn } = await open({ hasAccount: true });
    expect(element.textContent).not.toContain('Your name');
    typeInto('Password', 'correct horse');
    await join();
    const { body, options } = aProblem(401, 'SECOND_FACTOR_REQUIRED', 'Enter the code.');
    server.expectOne(ACCEPT).flush(body, options);
    await drawn();
    typeInto('Code', '123456');
    await join();

    expect(server.expectOne(ACCEPT).request.body).toEqual({
      token: TOKEN,
      password: 'correct horse',
      code: '123456',
    });
  });

  it('says that an invitation was used or has expired', async () => {
    const { element, server, drawn } = await openPage(ROUTES, `/invitation#${TOKEN}`);
    await drawn();
    const { body, options } = aProblem(404, 'NOT_FOUND', 'It has been used or withdrawn, or has expired.');
    server.expectOne(PREVIEW).flush(body, options);
    await drawn();

    expect(element.textContent).toContain('This invitation is no longer valid');
    expect(element.textContent).toContain('It has been used or withdrawn, or has expired.');
  });

  it('asks for the whole link when only the address is there', async () => {
    const { element, server, drawn } = await openPage(ROUTES, '/invitation');
    await drawn();

    expect(element.textContent).toContain('Open your invitation once more');
    server.expectNone(PREVIEW);
  });
});
