import { MatMenuHarness } from '@angular/material/menu/testing';
import { type OpenPage, openPage } from '../../testing/open-page';
import { ShellComponent } from './shell.component';

const ROUTES = [{ path: '', component: ShellComponent, children: [{ path: 'numbers', children: [] }] }];
const acme = { id: 'organization', name: 'Acme Industries', role: 'owner' } as const;
const contoso = { id: 'contoso', name: 'Contoso', role: 'viewer' } as const;

const destinations = (element: HTMLElement) =>
  [...element.querySelectorAll('nav a')].map(({ textContent }) => textContent.trim());

/** With all the pieces in which it is drawn. */
async function openFrame(visitor?: Parameters<typeof openPage>[2]): Promise<OpenPage> {
  const page = await openPage(ROUTES, '/numbers', visitor);
  await page.drawn();
  await page.drawn();
  return page;
}

describe('The frame of every page', () => {
  it('leads to what the role has', async () => {
    const { element } = await openFrame({ role: 'admin' });
    expect(destinations(element)).toEqual(['Numbers', 'Agents', 'Credentials', 'Activity', 'Settings']);
  });

  it('does not offer the activity to who may not see it', async () => {
    const { element } = await openFrame({ role: 'member' });
    expect(destinations(element)).toEqual(['Numbers', 'Agents', 'Credentials', 'Settings']);
  });

  it('only names the organisation where there is one', async () => {
    const { element, loader } = await openFrame();

    expect(element.querySelector('app-organization-switcher')?.textContent).toContain('Acme Industries');
    expect(await loader.getAllHarnesses(MatMenuHarness)).toHaveLength(1);
  });

  it('goes over to another organisation, which says the role in it', async () => {
    const { server, loader } = await openFrame({ organizations: [acme, contoso] });
    const [menu] = await loader.getAllHarnesses(MatMenuHarness);
    await menu?.open();
    const items = (await menu?.getItems()) ?? [];
    expect(await Promise.all(items.map((item) => item.getText()))).toEqual([
      expect.stringMatching(/Acme Industries\s*Owner/),
      expect.stringMatching(/Contoso\s*Viewer/),
    ]);
    await items[1]?.click();

    expect(server.expectOne('/api/auth/switch').request.body).toEqual({ organizationId: 'contoso' });
  });

  it('says that something happened to the account until it was seen', async () => {
    const { element } = await openFrame({ newSecurityNotices: 1 });
    const news = element.querySelector('main [role=status]');
    expect(news?.textContent).toContain('The security of your account has changed.');
    expect(news?.querySelector('a')?.getAttribute('href')).toBe('/settings/security');
  });

  it('says nothing of it while nothing happened', async () => {
    const { element } = await openFrame();
    expect(element.querySelector('main [role=status]')?.textContent.trim()).toBe('');
  });

  it("has the way out in the person's menu", async () => {
    const { server, loader } = await openFrame();
    const [menu] = await loader.getAllHarnesses(MatMenuHarness);
    await menu?.open();
    await menu?.clickItem({ text: 'Sign out' });

    server.expectOne('/api/auth/logout');
  });
});
