import { BreakpointObserver } from '@angular/cdk/layout';
import { TestBed } from '@angular/core/testing';
import { MatMenuHarness } from '@angular/material/menu/testing';
import { of } from 'rxjs';
import { aNumber } from '../../../../testing/builders';
import { openPage } from '../../../../testing/open-page';
import { NumberListPage } from './number-list.page';
import { NumberListStore } from './number-list.store';

const ROUTES = [
  { path: 'numbers', providers: [NumberListStore], children: [{ path: '', component: NumberListPage }] },
];
const KEY = 'voxreach.number-list';

async function open() {
  const page = await openPage(ROUTES, '/numbers');
  page.server
    .expectOne(({ url }) => url === '/api/phone-numbers')
    .flush({ items: [aNumber()], nextCursor: null });
  page.server.expectOne(({ url }) => url === '/api/agents').flush({ items: [], nextCursor: null });
  await page.drawn();
  const look = () => [...(page.element.querySelector('app-number-table')?.classList ?? [])];
  const menu = await page.loader.getHarness(MatMenuHarness.with({ selector: '[aria-label=View]' }));
  return { ...page, look, menu };
}

describe('The look of the list', () => {
  afterEach(() => localStorage.clear());

  it('shows all columns with room until chosen otherwise', async () => {
    const { look } = await open();

    expect(look()).toEqual(['is-comfortable']);
    expect(localStorage.getItem(KEY)).toBeNull();
  });

  it('leaves out columns and draws rows together as chosen, in a menu that stays, and keeps that', async () => {
    const { look, menu } = await open();
    await menu.open();
    await menu.clickItem({ text: 'Provider' });
    await menu.clickItem({ text: 'Added' });
    await menu.clickItem({ text: 'Added' });
    await menu.clickItem({ text: 'Compact' });
    expect(await menu.isOpen()).toBe(true);

    expect(look().sort()).toEqual(['is-compact', 'without-provider']);
    expect(JSON.parse(localStorage.getItem(KEY) ?? '')).toEqual({
      hidden: ['provider'],
      density: 'compact',
      letterKeys: true,
    });
  });

  it('is offered with what the width has room for', async () => {
    const narrow = ['(width < 1180px)', '(width < 720px)'];
    const breakpoints = Object.fromEntries(narrow.map((width) => [width, true]));
    TestBed.overrideProvider(BreakpointObserver, {
      useValue: { observe: () => of({ matches: true, breakpoints }) },
    });
    const { menu } = await open();
    await menu.open();
    const offered = await menu.getItems();

    expect(await Promise.all(offered.map((item) => item.getText()))).toEqual(['Provider', 'Agent', 'Status']);
  });

  it('is as it was left, without what is not known', async () => {
    localStorage.setItem(KEY, JSON.stringify({ hidden: ['agent', 'number', 7], density: 'huge' }));
    expect((await open()).look().sort()).toEqual(['is-comfortable', 'without-agent']);
  });

  it.each(['{', 'null', '"text"', '[]'])('is as at first when what was kept is %s', async (stored) => {
    localStorage.setItem(KEY, stored);
    expect((await open()).look()).toEqual(['is-comfortable']);
  });
});
