import { MatButtonHarness } from '@angular/material/button/testing';
import type { PhoneNumberResponse, Role } from '@voxreach/contracts';
import { aNumber, anAgent, aProblem } from '../../../../testing/builders';
import { choose, fieldOf, press, typeInto } from '../../../../testing/fields';
import { openPage } from '../../../../testing/open-page';
import { NumberListPage } from './number-list.page';
import { NumberListStore } from './number-list.store';

const ROUTES = [
  { path: 'numbers', providers: [NumberListStore], children: [{ path: '', component: NumberListPage }] },
];
const LIST = '/api/phone-numbers';
const sales = anAgent({ name: 'Sales' });
const numbersNamed = (...names: string[]) => names.map((name) => aNumber({ name }));

async function open(numbers: PhoneNumberResponse[], role: Role = 'owner') {
  const page = await openPage(ROUTES, '/numbers', { role });
  page.server.expectOne(({ url }) => url === LIST).flush({ items: numbers, nextCursor: null });
  page.server.expectOne(({ url }) => url === '/api/agents').flush({ items: [sales], nextCursor: null });
  await page.drawn();
  const boxes = () => [...page.element.querySelectorAll<HTMLInputElement>('.select input')];
  const [all] = boxes();
  const tick = async (index: number, shiftKey = false) => {
    boxes()[index + 1]?.dispatchEvent(new MouseEvent('click', { shiftKey, bubbles: true, cancelable: true }));
    await page.drawn();
  };
  const pressIn = async (text: string) => {
    press(text);
    await page.drawn();
  };
  const requests = (method: string) =>
    page.server.match((request) => request.method === method && request.url !== LIST);
  const dialog = () => document.querySelector('mat-dialog-container')?.textContent ?? '';
  const bar = () => page.element.querySelector('app-selection-bar')?.textContent ?? null;
  return { ...page, boxes, all: all as HTMLInputElement, tick, pressIn, requests, dialog, bar };
}

describe('Several numbers at once', () => {
  it('are selected one by one, as a range, or all that are loaded', async () => {
    const { tick, boxes, all, bar, drawn, element } = await open(numbersNamed('A', 'B', 'C', 'D'));
    expect(bar()).toBeNull();
    await tick(0);
    await tick(2, true);
    expect(boxes().map(({ checked }) => checked)).toEqual([false, true, true, true, false]);
    expect(all.indeterminate).toBe(true);
    expect(bar()).toContain('3 selected');
    expect(element.querySelector('p[role=status]')?.textContent).toBe('3 of 4 selected');

    all.click();
    await drawn();
    expect(bar()).toContain('4 selected');
    expect([all.checked, all.indeterminate]).toEqual([true, false]);
    all.click();
    await drawn();
    expect(bar()).toBeNull();
  });

  it('are cleared with the focus left on the page', async () => {
    const { tick, pressIn, bar, element } = await open(numbersNamed('A'));
    await tick(0);
    await pressIn('Clear');

    expect(bar()).toBeNull();
    expect(document.activeElement).toBe(element.querySelector('h1'));
  });

  it('cannot be selected by those who only read', async () => {
    const { boxes } = await open(numbersNamed('A', 'B'), 'viewer');

    expect(boxes()).toEqual([]);
  });

  it('are assigned, four at a time, with what came of each', async () => {
    const numbers = numbersNamed('A', 'B', 'C', 'D', 'E');
    const { all, drawn, pressIn, requests, dialog, element } = await open(numbers);
    all.click();
    await drawn();
    await pressIn('Assign to agent…');
    choose(fieldOf('Agent') as unknown as HTMLSelectElement, sales.id);
    await drawn();
    await pressIn('Assign 5 numbers');

    const first = requests('PATCH');
    expect(first.map(({ request }) => request.body)).toEqual(Array(4).fill({ agentId: sales.id }));
    for (const [index, request] of first.entries()) request.flush({ ...numbers[index], agent: sales });
    await drawn();
    expect(dialog()).toContain('4 of 5');
    requests('PATCH')[0]?.flush({ ...numbers[4], agent: sales });
    await drawn();
    expect(dialog()).toContain('Done for 5 numbers.');
    expect(dialog().match(/Sales answers/g)).toHaveLength(5);
    expect(element.textContent).not.toContain('Assign…');
  });

  it('that went wrong are told of in words, are tried again alone, and stay selected until then', async () => {
    const numbers = numbersNamed('A', 'B');
    const { all, drawn, pressIn, requests, dialog, bar } = await open(numbers);
    const removeBoth = async () => {
      await pressIn('Remove…');
      typeInto('Type 2 to confirm', '2');
      await drawn();
      await pressIn('Remove 2 numbers');
    };
    all.click();
    await drawn();
    await removeBoth();
    const [first, second] = requests('DELETE');
    first?.flush(null, { status: 204, statusText: 'No Content' });
    const { body, options } = aProblem(503, 'UPSTREAM_UNAVAILABLE', 'The voice platform cannot be reached.');
    second?.flush(body, options);
    await drawn();
    expect(dialog()).toContain('Done for 1 of 2 numbers; it went wrong for 1.');
    expect(dialog()).toContain('The voice platform cannot be reached.');

    await pressIn('Try the failed ones again');
    const [again, ...others] = requests('DELETE');
    expect(others).toEqual([]);
    expect(again?.request.url).toBe(`${LIST}/${numbers[1]?.id}`);
    again?.flush(body, options);
    await drawn();
    await pressIn('Done');
    expect(bar()).toContain('1 selected');
  });

  it('are removed only after their count was typed', async () => {
    const { all, drawn, pressIn, requests, dialog, loader } = await open(numbersNamed('A', 'B', 'C'));
    all.click();
    await drawn();
    await pressIn('Remove…');
    const remove = await loader.getHarness(MatButtonHarness.with({ text: 'Remove 3 numbers' }));
    expect(await remove.isDisabled()).toBe(true);
    typeInto('Type 3 to confirm', '2');
    expect(await remove.isDisabled()).toBe(true);
    expect(dialog()).toContain('Numbers from a carrier stay yours');

    typeInto('Type 3 to confirm', '3');
    expect(await remove.isDisabled()).toBe(false);
    await pressIn('Keep 3 numbers');
    expect(requests('DELETE')).toEqual([]);
  });

  it('are asked about as one number is when only one is selected', async () => {
    const { tick, drawn, pressIn, requests, dialog, bar } = await open(numbersNamed('A', 'B'));
    await tick(0);
    await pressIn('Remove…');
    expect(dialog()).not.toContain('to confirm');

    await pressIn('Keep number');
    expect(bar()).toContain('1 selected');
    await pressIn('Remove…');
    await pressIn('Remove number');
    const [removal] = requests('DELETE');
    removal?.flush(null, { status: 204, statusText: 'No Content' });
    await drawn();
    expect(bar()).toBeNull();
  });

  it('are renamed after a pattern, which shows what it makes of the first three', async () => {
    const numbers = ['+14155550101', '+14155550102', '+14155550103', '+14155550104'].map((number) =>
      aNumber({ number }),
    );
    const { all, drawn, pressIn, requests, dialog } = await open(numbers);
    all.click();
    await drawn();
    await pressIn('Rename…');
    await pressIn('Rename 4 numbers');
    expect(dialog()).toContain('Enter a name.');
    expect(document.activeElement).toBe(fieldOf('Name'));
    typeInto('Name', `${'x'.repeat(80)}{n}`);
    await pressIn('Rename 4 numbers');
    expect(dialog()).toContain('80 characters at most');

    typeInto('Name', 'Line : here');
    fieldOf('Name').setSelectionRange(5, 5);
    await pressIn('Insert a count');
    expect(document.activeElement).toBe(fieldOf('Name'));
    fieldOf('Name').setSelectionRange(10, 14);
    await pressIn('Insert the phone number');
    expect(fieldOf('Name').value).toBe('Line {n}: {number}');
    expect(dialog()).toMatch(/Line 1: \+1 ?415.*Line 2: .*Line 3: /s);
    expect(dialog()).toContain('and 1 more');
    await pressIn('Rename 4 numbers');
    const names = requests('PATCH').map(({ request }) => (request.body as { name: string }).name);
    expect(names.map((name) => name.split(':')[0])).toEqual(['Line 1', 'Line 2', 'Line 3', 'Line 4']);
  });
});
