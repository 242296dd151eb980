import { MatButtonHarness } from '@angular/material/button/testing';
import { aMe, aProblem } from '../../../testing/builders';
import { typeInto } from '../../../testing/fields';
import { openPage } from '../../../testing/open-page';
import { OrganizationPage } from './organization.page';

const ROUTES = [{ path: 'organization', component: OrganizationPage }];
const URL = '/api/organization';
const acme = {
  id: 'organization',
  name: 'Acme Industries',
  requiresSecondFactor: false,
  createdAt: '2026-01-05T10:00:00.000Z',
};

async function openAs(role: 'owner' | 'admin' | 'member') {
  const page = await openPage(ROUTES, '/organization', { role });
  await page.drawn();
  page.server.expectOne(URL).flush(acme);
  await page.drawn();
  return page;
}

describe('The organisation', () => {
  it('is renamed by who may, and is called so everywhere from then on', async () => {
    const { server, loader, drawn } = await openAs('admin');
    typeInto('Name', '  Acme Works ');
    await (await loader.getHarness(MatButtonHarness.with({ text: 'Save name' }))).click();
    const saved = server.expectOne({ method: 'PATCH', url: URL });
    saved.flush({ ...acme, name: 'Acme Works' });
    await drawn();

    server.expectOne('/api/auth/me').flush(aMe());
  });

  it('is only read by everybody else, with what their role is for', async () => {
    const { element } = await openAs('member');

    expect(element.querySelectorAll('input, button')).toHaveLength(0);
    expect(element.textContent).toContain('Acme Industries');
    expect(element.textContent).toContain('You are a member here.');
  });

  it('requires a second factor of its members when an owner says so, and says why it does not', async () => {
    const { element, server, loader, drawn } = await openAs('owner');
    const press = async () => {
      await (await loader.getHarness(MatButtonHarness.with({ text: 'Require a second factor' }))).click();
      return server.expectOne({ method: 'PATCH', url: `${URL}/security` });
    };
    const { body, options } = aProblem(409, 'CONFLICT', 'Set up your own second factor first.');
    (await press()).flush(body, options);
    await drawn();
    expect(element.querySelector('app-second-factor-rule [role=alert]')?.textContent).toContain(
      'Set up your own second factor first.',
    );

    const saved = await press();
    expect(saved.request.body).toEqual({ requiresSecondFactor: true });
    saved.flush({ ...acme, requiresSecondFactor: true });
    await drawn();
    expect(element.querySelector('.is-on')?.textContent).toContain('Required');
    expect(element.textContent).not.toContain('Set up your own second factor first.');
    await loader.getHarness(MatButtonHarness.with({ text: 'Leave it to each member' }));
  });

  it('shows an admin what members need, without a way to change it', async () => {
    const { element } = await openAs('admin');

    expect(element.querySelector('app-second-factor-rule')?.textContent).toContain('Left to each member');
    expect(element.querySelector('app-second-factor-rule button')).toBeNull();
  });
});
