import { MatButtonHarness } from '@angular/material/button/testing';
import { aMe } from '../../../testing/builders';
import { typeInto } from '../../../testing/fields';
import { openPage } from '../../../testing/open-page';
import { OrganizationPage } from './organization.page';

const ROUTES = [{ path: 'organization', component: OrganizationPage }];
const URL = '/api/organization';
const acme = { id: 'organization', name: 'Acme Industries', createdAt: '2026-01-05T10:00:00.000Z' };

async function openAs(role: 'admin' | 'member') {
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
});
