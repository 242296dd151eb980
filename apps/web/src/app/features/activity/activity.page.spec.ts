import { TestBed } from '@angular/core/testing';
import { MatButtonHarness } from '@angular/material/button/testing';
import { jest } from '@jest/globals';
import type { AuditEntryResponse } from '@voxreach/contracts';
import { anAgent, anEntry, aProblem } from '../../../testing/builders';
import { choose, fieldOf } from '../../../testing/fields';
import { openPage } from '../../../testing/open-page';
import { SaveFile } from '../../core/save-file';
import { ActivityPage } from './activity.page';

const ROUTES = [{ path: 'activity', component: ActivityPage }];
const LIST = '/api/audit';

async function open(url = '/activity', entries: AuditEntryResponse[] = [], nextCursor: string | null = null) {
  const page = await openPage(ROUTES, url);
  await page.drawn();
  const first = page.server.expectOne(({ url: path }) => path === LIST);
  page.server.match('/api/members').forEach((request) => request.flush({ items: [] }));
  page.server.match('/api/api-keys').forEach((request) => request.flush({ items: [] }));
  first.flush({ items: entries, nextCursor });
  await page.drawn();
  const press = async (text: string) => {
    await (await page.loader.getHarness(MatButtonHarness.with({ text }))).click();
    await page.drawn();
  };
  return { ...page, press, asked: first.request.params };
}

const lines = (element: HTMLElement) =>
  [...element.querySelectorAll('tbody tr')].map(({ textContent }) => textContent.replace(/\s+/g, ' ').trim());

describe('The activity', () => {
  it('says what was done, by whom, to what, and how it ended', async () => {
    const { element } = await open('/activity', [
      anEntry(),
      anEntry({
        action: 'request.refuse',
        outcome: 'refused',
        actor: { type: 'system', id: null, name: null },
      }),
    ]);

    expect(lines(element)[0]).toMatch(/^Changed a phone number\s*Main line\s*Dana Whitfield\s*Succeeded/);
    expect(lines(element)[1]).toMatch(/VoxReach\s*Refused/);
  });

  it('opens an entry to show what was so before and after, with the names of what is known by id', async () => {
    const agent = anAgent({ name: 'Sales' });
    const entry = anEntry({ before: { agentId: null }, after: { agentId: agent.id } });
    const { element, server, drawn } = await open('/activity', [entry]);
    const toggle = element.querySelector<HTMLButtonElement>('button[aria-expanded]');
    expect(toggle?.getAttribute('aria-label')).toMatch(/^Details: Changed a phone number, Main line, /);
    toggle?.click();
    await drawn();
    server.expectOne(({ url }) => url === '/api/agents').flush({ items: [agent], nextCursor: null });
    server.expectOne(({ url }) => url === '/api/credentials').flush({ items: [], nextCursor: null });
    await drawn();

    expect(toggle?.getAttribute('aria-expanded')).toBe('true');
    const details = document.getElementById(toggle?.getAttribute('aria-controls') ?? '');
    expect(details?.textContent).toMatch(/Agent\s*before: none\s*→\s*after: Sales/);
    expect(details?.textContent).toContain('198.51.100.7');
  });

  it('keeps its filters in the address, and asks for whole days of the person who looks', async () => {
    const { asked, router, drawn, server } = await open(
      '/activity?outcome=refused&from=2026-11-01&to=2026-11-02',
    );
    expect(asked.get('outcome')).toBe('refused');
    expect(asked.get('from')).toBe(new Date(2026, 10, 1).toISOString());
    expect(asked.get('to')).toBe(new Date(2026, 10, 3).toISOString());

    choose(fieldOf('What') as unknown as HTMLSelectElement, 'agent.create');
    await drawn();
    expect(router.parseUrl(router.url).queryParams).toEqual({
      outcome: 'refused',
      from: '2026-11-01',
      to: '2026-11-02',
      action: 'agent.create',
    });
    expect(server.expectOne(({ url }) => url === LIST).request.params.get('action')).toBe('agent.create');
  });

  it('leaves out of an address what it does not know', async () => {
    const { asked } = await open('/activity?action=nonsense&actorId=1&from=yesterday');

    expect(asked.keys().sort()).toEqual(['limit']);
  });

  it('shows more where there is more', async () => {
    const { element, server, press, drawn } = await open('/activity', [anEntry()], 'next');
    await press('Show more');
    const more = server.expectOne(({ url }) => url === LIST);
    expect(more.request.params.get('cursor')).toBe('next');
    more.flush({ items: [anEntry({ action: 'agent.create' })], nextCursor: null });
    await drawn();

    expect(lines(element)).toHaveLength(2);
    expect(element.textContent).not.toContain('Show more');
  });

  it('keeps what it has when more cannot be read, and tries again', async () => {
    const { element, server, press, drawn } = await open('/activity', [anEntry()], 'next');
    await press('Show more');
    const { body, options } = aProblem(503, 'UPSTREAM_UNAVAILABLE', 'Not available.');
    server.expectOne(({ url }) => url === LIST).flush(body, options);
    await drawn();
    expect(element.querySelector('[role=alert]')?.textContent).toContain('Not available.');
    expect(lines(element)).toHaveLength(1);

    await press('Show more');
    expect(server.expectOne(({ url }) => url === LIST).request.params.get('cursor')).toBe('next');
  });

  it('saves what the filters show as a file', async () => {
    const { server, press, drawn } = await open('/activity?outcome=refused', [anEntry()]);
    const save = jest.spyOn(TestBed.inject(SaveFile), 'save').mockReturnValue();
    await press('Export CSV');
    const exported = server.expectOne(({ url }) => url === '/api/audit/export');
    expect(exported.request.params.get('outcome')).toBe('refused');
    exported.flush('"time","action"\r\n');
    await drawn();

    expect(save).toHaveBeenCalledWith(
      expect.stringMatching(/^activity-\d{4}-\d{2}-\d{2}\.csv$/),
      'text/csv',
      '\ufeff"time","action"\r\n',
    );
  });

  it('says when nothing matches, and clears the filters', async () => {
    const { element, press, router } = await open('/activity?outcome=refused');
    expect(element.textContent).toContain('Nothing matches');
    await press('Clear filters');

    expect(router.url).toBe('/activity');
  });
});
