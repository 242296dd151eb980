import { Clipboard } from '@angular/cdk/clipboard';
import type { HttpTestingController } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { MatButtonHarness } from '@angular/material/button/testing';
import { MatDialogHarness } from '@angular/material/dialog/testing';
import { MatMenuHarness } from '@angular/material/menu/testing';
import { MatSnackBarHarness } from '@angular/material/snack-bar/testing';
import { jest } from '@jest/globals';
import type { PhoneNumberResponse } from '@voxreach/contracts';
import { aNumber, anAgent, aProblem } from '../../../../testing/builders';
import { press } from '../../../../testing/fields';
import { openPage } from '../../../../testing/open-page';
import { SaveFile } from '../../../core/save-file';
import { NumberListPage } from './number-list.page';
import { NumberListStore } from './number-list.store';

const ROUTES = [
  { path: 'numbers', providers: [NumberListStore], children: [{ path: '', component: NumberListPage }] },
];
const LIST = '/api/phone-numbers';
const frontDesk = anAgent({ name: 'Front desk' });
const sales = anAgent({ name: 'Sales' });

const unsettled = anAgent({ name: 'Old one', attention: 'Removing this agent has failed so far.' });

const agentsArrive = (server: HttpTestingController) =>
  server
    .expectOne(({ url }) => url === '/api/agents')
    .flush({ items: [frontDesk, sales, unsettled], nextCursor: null });

async function open(
  numbers: PhoneNumberResponse[],
  { url = '/numbers', nextCursor = null as string | null } = {},
) {
  const page = await openPage(ROUTES, url);
  const first = page.server.expectOne(({ method, url: path }) => method === 'GET' && path === LIST);
  agentsArrive(page.server);
  first.flush({ items: numbers, nextCursor });
  await page.drawn();
  return { ...page, asked: first.request.params };
}

const rowOf = (element: HTMLElement, words: string) =>
  [...element.querySelectorAll('app-number-row')].find((row) =>
    row.textContent.includes(words),
  ) as HTMLElement;

const buttonIn = (element: Element, name: string) =>
  element.querySelector<HTMLButtonElement>(`button[aria-label^="${name}"]`) as HTMLButtonElement;

describe('The list of phone numbers', () => {
  it('shows of each number where it comes from, who answers and how it is', async () => {
    const agent = { id: frontDesk.id, name: frontDesk.name };
    const { element } = await open([
      aNumber({ provider: 'telnyx', name: 'Berlin', agent, status: 'needs_attention' }),
    ]);

    const words = rowOf(element, 'Berlin').textContent;
    expect(words).toContain('Telnyx');
    expect(words).toContain('Front desk');
    expect(words).toContain('Needs you');
  });

  it('leads from a number that needs attention to what can be done, and leaves it unchanged until then', async () => {
    const number = aNumber({ name: 'Berlin', status: 'needs_attention', attention: 'It is half done.' });
    const { element } = await open([number]);

    const link = rowOf(element, 'Berlin').querySelector('.status a');
    expect(link?.getAttribute('href')).toBe(`/numbers/${number.id}`);
    expect(link?.getAttribute('title')).toBe('It is half done.');
    expect(buttonIn(element, 'Rename Berlin').disabled).toBe(true);
    expect(buttonIn(element, 'Agent for').disabled).toBe(true);
    expect(buttonIn(element, 'Agent for').title).toBe('This number can be changed once it is settled.');
    expect(buttonIn(element, 'Remove number').disabled).toBe(false);
  });

  it('writes numbers for reading and copies them as E.164', async () => {
    const { element, drawn } = await open([aNumber({ number: '+14155550100' })]);
    await import('libphonenumber-js/min');
    await drawn();

    expect(element.querySelector('app-number-row a')?.textContent).toBe('+1 415-555-0100');
    const copy = jest.spyOn(TestBed.inject(Clipboard), 'copy').mockReturnValue(true);
    const button = element.querySelector<HTMLButtonElement>('app-copy-button button');
    button?.click();
    expect(button?.getAttribute('aria-label')).toBe('Copy +1 415-555-0100');
    expect(copy).toHaveBeenCalledWith('+14155550100');
  });

  it('shows rows in their final shape while it waits', async () => {
    const { element, server } = await openPage(ROUTES, '/numbers');

    expect(element.querySelectorAll('.placeholder').length).toBeGreaterThan(3);
    server.match(() => true);
  });

  it('teaches what a number needs when there is none, with one thing to do', async () => {
    const { element } = await open([]);

    expect(element.textContent).toContain('A number needs two things');
    expect(element.querySelector('[role=table]')).toBeNull();
  });

  it('says when nothing matches, and clears the search and the filters', async () => {
    const { element, loader, router } = await open([], {
      url: '/numbers?search=xyz&status=blocked&sort=name',
    });
    expect(element.textContent).toContain('No numbers match');
    await (await loader.getHarness(MatButtonHarness.with({ text: 'Clear search and filters' }))).click();

    expect(router.url).toBe('/numbers?sort=name');
  });

  it('keeps the filters in the address, and ignores what the API does not know', async () => {
    const { asked } = await open([aNumber()], {
      url: '/numbers?provider=twilio&status=nonsense&sort=number',
    });

    expect(Object.fromEntries(asked.keys().map((key) => [key, asked.get(key)]))).toEqual({
      provider: 'twilio',
      sort: 'number',
      limit: '25',
    });
  });

  it('offers to try again when it could not be read', async () => {
    const page = await openPage(ROUTES, '/numbers');
    agentsArrive(page.server);
    const { body, options } = aProblem(503, 'UPSTREAM_UNAVAILABLE', 'The voice service is not answering.');
    page.server.expectOne(({ url }) => url === LIST).flush(body, options);
    await page.drawn();
    expect(page.element.querySelector('[role=alert]')?.textContent).toContain(
      'The voice service is not answering.',
    );

    await (await page.loader.getHarness(MatButtonHarness.with({ text: 'Try again' }))).click();
    page.server
      .expectOne(({ url }) => url === LIST)
      .flush({ items: [aNumber({ name: 'Berlin' })], nextCursor: null });
    await page.drawn();
    expect(page.element.textContent).toContain('Berlin');
  });

  it('reads on by itself when its end is near the screen', async () => {
    const { element, server, drawn } = await open([aNumber({ name: 'First' })], { nextCursor: 'next' });
    const more = server.expectOne(({ url }) => url === LIST);
    expect(more.request.params.get('cursor')).toBe('next');
    more.flush({ items: [aNumber({ name: 'Second' })], nextCursor: null });
    await drawn();

    expect(element.querySelectorAll('app-number-row')).toHaveLength(2);
    expect(element.textContent).not.toContain('Load more');
  });

  it('leaves it to a person to go on after a failure', async () => {
    const { element, loader, server, drawn } = await open([aNumber({ name: 'First' })], {
      nextCursor: 'next',
    });
    const { body, options } = aProblem(503, 'UPSTREAM_UNAVAILABLE', 'The voice service is not answering.');
    server.expectOne(({ url }) => url === LIST).flush(body, options);
    await drawn();
    server.expectNone(({ url }) => url === LIST);
    expect(element.querySelector('[role=alert]')?.textContent).toContain('not answering');
    expect(element.textContent).not.toContain('This list may be out of date.');

    await (await loader.getHarness(MatButtonHarness.with({ text: 'Try again' }))).click();
    server.expectOne(({ url }) => url === LIST).flush({ items: [aNumber()], nextCursor: null });
    await drawn();
    expect(element.querySelectorAll('app-number-row')).toHaveLength(2);
    expect(element.querySelector('[role=alert]')).toBeNull();
  });

  it('draws of many numbers those near the screen, and says of each where it is', async () => {
    const { element } = await open(
      Array.from({ length: 500 }, (_, index) => aNumber({ name: `Line ${index}` })),
    );
    const rows = [...element.querySelectorAll('app-number-row')];

    expect(rows.length).toBeGreaterThan(5);
    expect(rows.length).toBeLessThan(100);
    expect(element.querySelector('[role=table]')?.getAttribute('aria-rowcount')).toBe('501');
    expect(rows[1]?.getAttribute('aria-rowindex')).toBe('3');
  });

  it('assigns an agent in the row, and takes it back on request', async () => {
    const number = aNumber();
    const { element, loader, server, drawn } = await open([number]);
    const menu = await loader.getHarness(MatMenuHarness.with({ triggerText: /Assign/ }));
    await menu.open();
    await menu.clickItem({ text: 'Sales' });
    const change = server.expectOne(`${LIST}/${number.id}`);
    expect(change.request.body).toEqual({ agentId: sales.id });
    change.flush({ ...number, agent: { id: sales.id, name: sales.name } });
    await drawn();
    expect(element.querySelector('app-number-row')?.textContent).toContain('Sales');

    const message = await loader.getHarness(MatSnackBarHarness);
    expect(await message.getMessage()).toContain('Sales now answers');
    await message.dismissWithAction();
    expect(server.expectOne(`${LIST}/${number.id}`).request.body).toEqual({ agentId: null });
  });

  it('offers no agent that needs attention to assign, but filters by it', async () => {
    const { element, loader } = await open([aNumber()]);
    const menu = await loader.getHarness(MatMenuHarness.with({ triggerText: /Assign/ }));
    await menu.open();
    const items = await Promise.all((await menu.getItems()).map((item) => item.getText()));

    expect(items.join()).toContain('Sales');
    expect(items.join()).not.toContain('Old one');
    const filters = element.querySelector('app-number-filters');
    expect(filters?.innerHTML).toContain('Old one');
  });

  it('goes on showing who answers when the assignment was refused', async () => {
    const number = aNumber({ agent: { id: frontDesk.id, name: frontDesk.name } });
    const { element, loader, server, drawn } = await open([number]);
    const menu = await loader.getHarness(MatMenuHarness.with({ triggerText: /Front desk/ }));
    await menu.open();
    await menu.clickItem({ text: 'Sales' });
    const { body, options } = aProblem(503, 'UPSTREAM_UNAVAILABLE', 'The voice service is not answering.');
    server.expectOne(`${LIST}/${number.id}`).flush(body, options);
    await drawn();

    expect(element.querySelector('app-number-row')?.textContent).toContain('Front desk');
    expect(await (await loader.getHarness(MatSnackBarHarness)).getMessage()).toContain('not answering');
  });

  it('says what removing does, and removes the saved credential only when that is wanted', async () => {
    const number = aNumber({
      provider: 'telnyx',
      agent: { id: frontDesk.id, name: 'Front desk' },
      credential: { id: 'c', name: 'Telnyx main' },
    });
    const { element, loader, server, drawn } = await open([number]);
    buttonIn(element, 'Remove number').click();
    const dialog = await loader.getHarness(MatDialogHarness);
    expect(await dialog.getText()).toContain(
      'will no longer reach Front desk. The number stays yours at Telnyx',
    );

    document.querySelector<HTMLInputElement>('mat-dialog-container [type=checkbox]')?.click();
    await (await dialog.getHarness(MatButtonHarness.with({ text: 'Remove number' }))).click();
    const removal = server.expectOne(({ url }) => url === `${LIST}/${number.id}`);
    expect(removal.request.method).toBe('DELETE');
    expect(removal.request.params.get('deleteCredential')).toBe('true');
    removal.flush(null, { status: 204, statusText: 'No Content' });
    await drawn();
    expect(element.querySelectorAll('app-number-row')).toHaveLength(0);
  });

  it('renames in place with Enter, and leaves the name alone with Escape', async () => {
    const number = aNumber({ name: 'Main line' });
    const { element, server, drawn } = await open([number]);
    const type = async (key: string) => {
      buttonIn(element, 'Rename Main line').click();
      await drawn();
      const field = element.querySelector('app-inline-rename input') as HTMLInputElement;
      field.value = 'Head office';
      field.dispatchEvent(new KeyboardEvent('keydown', { key }));
      await drawn();
    };
    await type('Escape');
    server.expectNone(`${LIST}/${number.id}`);

    await type('Enter');
    expect(server.expectOne(`${LIST}/${number.id}`).request.body).toEqual({ name: 'Head office' });
  });

  it('saves all that the filters find as a file', async () => {
    const { loader, server, drawn } = await open([aNumber()], { url: '/numbers?search=berlin&sort=name' });
    const save = jest.spyOn(TestBed.inject(SaveFile), 'save').mockReturnValue();
    await (await loader.getHarness(MatButtonHarness.with({ text: 'Export CSV' }))).click();
    const exported = server.expectOne(({ url }) => url === `${LIST}/export`);
    expect(exported.request.params.toString()).toBe('search=berlin&sort=name');
    exported.flush('"number","name"\r\n');
    await drawn();

    expect(save).toHaveBeenCalledWith(
      expect.stringMatching(/^phone-numbers-\d{4}-\d{2}-\d{2}\.csv$/),
      'text/csv',
      '\ufeff"number","name"\r\n',
    );
  });

  it('says so when the file could not be had', async () => {
    const { loader, server, drawn } = await open([aNumber()]);
    press('Export CSV');
    const { body, options } = aProblem(503, 'UPSTREAM_UNAVAILABLE', 'Not available.');
    server.expectOne(({ url }) => url === `${LIST}/export`).flush(body, options);
    await drawn();

    expect(await (await loader.getHarness(MatSnackBarHarness)).getMessage()).toContain('Not available.');
  });
});
