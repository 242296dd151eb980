import { MatDialogHarness } from '@angular/material/dialog/testing';
import type { Role } from '@voxreach/contracts';
import { aNumber } from '../../../../testing/builders';
import { press as pressButton } from '../../../../testing/fields';
import { openPage } from '../../../../testing/open-page';
import { NumberListPage } from './number-list.page';
import { NumberListStore } from './number-list.store';

const ROUTES = [
  { path: 'numbers', providers: [NumberListStore], children: [{ path: '', component: NumberListPage }] },
];

async function open(role: Role = 'owner') {
  const page = await openPage(ROUTES, '/numbers', { role });
  const items = ['A', 'B', 'C'].map((name) => aNumber({ name }));
  page.server.expectOne(({ url }) => url === '/api/phone-numbers').flush({ items, nextCursor: null });
  page.server.expectOne(({ url }) => url === '/api/agents').flush({ items: [], nextCursor: null });
  await page.drawn();
  const rows = [...page.element.querySelectorAll('app-number-row')];
  const link = (index: number) => rows[index]?.querySelector<HTMLElement>('.row-link');
  const box = (index: number) => rows[index]?.querySelector<HTMLElement>('.select input');
  const search = page.element.querySelector('input[type=search]') as HTMLElement;
  const press = async (key: string, more: KeyboardEventInit = {}) => {
    const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more });
    (document.activeElement ?? document.body).dispatchEvent(event);
    await page.drawn();
  };
  return { ...page, items, link, box, search, press };
}

const dialogs = () => document.querySelectorAll('mat-dialog-container');

describe('The keys of the list', () => {
  afterEach(() => localStorage.clear());

  it('go to the search, and are letters again while something is typed', async () => {
    const { search, press, router } = await open();
    await press('/');
    expect(document.activeElement).toBe(search);

    await press('n');
    await press('?');
    expect(router.url).toBe('/numbers');
    expect(dialogs()).toHaveLength(0);
  });

  it('go from row to row, and stay within the list', async () => {
    const { link, press } = await open();
    await press('ArrowDown');
    expect(document.activeElement).toBe(link(0));
    await press('ArrowDown');
    await press('ArrowDown');
    await press('ArrowDown');
    expect(document.activeElement).toBe(link(2));
    await press('ArrowUp');
    expect(document.activeElement).toBe(link(1));
  });

  it('go from box to box, and open the number of a box', async () => {
    const { box, press, router, items } = await open();
    box(0)?.focus();
    await press('ArrowDown');
    expect(document.activeElement).toBe(box(1));
    await press('Enter');

    expect(router.url).toBe(`/numbers/${items[1]?.id}`);
  });

  it('leave other controls and the browser what is theirs', async () => {
    const { element, press, router } = await open();
    const button = element.querySelector<HTMLElement>('.page-header button');
    button?.focus();
    await press('ArrowDown');
    expect(document.activeElement).toBe(button);

    await press('n', { ctrlKey: true });
    expect(router.url).toBe('/numbers');
  });

  it('lead to adding a number only those who may', async () => {
    const viewer = await open('viewer');
    await viewer.press('n');
    expect(viewer.router.url).toBe('/numbers');
  });

  it('lead to adding a number', async () => {
    const { press, router } = await open();
    await press('n');
    expect(router.url).toBe('/numbers/add');
  });

  it('are listed, do nothing meanwhile, and those of one character can be switched off', async () => {
    const { press, loader, search, drawn, link, router } = await open();
    await press('?');
    const dialog = await loader.getHarness(MatDialogHarness);
    expect(await dialog.getText()).toContain('Go from number to number');
    await press('n');
    expect(router.url).toBe('/numbers');

    dialogs()[0]?.querySelector<HTMLInputElement>('[type=checkbox]')?.click();
    pressButton('Close');
    await drawn();
    await press('/');
    expect(document.activeElement).not.toBe(search);
    await press('ArrowDown');
    expect(document.activeElement).toBe(link(0));
  });
});
