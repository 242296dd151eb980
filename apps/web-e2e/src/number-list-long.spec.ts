import type { Page } from '@playwright/test';
import { LongList } from './support/long-list';
import type { NumberListPage } from './support/number-list.page';
import { expect, test } from './support/test';

const COUNT = 1_000;

const scroll = (page: Page, y: number) => page.evaluate((top) => scrollTo(0, top), y);
const scrollDown = (page: Page) => scroll(page, 10_000_000);

/** Scrolls until the whole list has been read, to its end. */
async function readAll(page: Page): Promise<void> {
  const table = page.getByRole('table', { name: 'Phone numbers' });
  await expect(async () => {
    await scrollDown(page);
    await expect(table).toHaveAttribute('aria-rowcount', String(COUNT + 1), { timeout: 100 });
  }).toPass();
  await scrollDown(page);
}

/** How far a row that is drawn is at most from where it would be if all were, in pixels. */
const misplacement = (page: Page) =>
  page.evaluate(() => {
    const rows = [...document.querySelectorAll('app-number-row')];
    const top = document.querySelector('app-number-table .body')?.getBoundingClientRect().top ?? 0;
    const height = rows[0]?.getBoundingClientRect().height ?? 0;
    const distances = rows.map((row) => {
      const index = Number(row.getAttribute('aria-rowindex')) - 2;
      return Math.abs(row.getBoundingClientRect().top - top - index * height);
    });
    return Math.round(Math.max(...distances));
  });

const hasFocus = (numberList: NumberListPage, title: string) =>
  expect(numberList.row(title).getByRole('link', { name: title })).toBeFocused();

test.describe('A list of many numbers', () => {
  let list: LongList;

  test.beforeEach(async ({ page, account, numberList }) => {
    expect(account.email).not.toBe('');
    list = await LongList.answer(page, COUNT);
    await numberList.open();
    await expect(numberList.row(list.shown(0))).toBeVisible();
  });

  test('reads on by itself, and draws only what is near the screen', async ({ page, numberList }) => {
    const table = page.getByRole('table', { name: 'Phone numbers' });
    await expect(table).toHaveAttribute('aria-rowcount', '-1');
    await readAll(page);

    const last = numberList.row(list.shown(COUNT - 1));
    await expect(last).toBeInViewport();
    await expect(last).toHaveAttribute('aria-rowindex', String(COUNT + 1));
    expect(await numberList.rows.count()).toBeLessThan(80);
    await expect(page.getByRole('button', { name: 'Load more' })).toBeHidden();
    // Each page once.
    expect(new Set(list.asked).size).toBe(list.asked.length);

    await scroll(page, 20_000);
    await expect.poll(() => misplacement(page)).toBe(0);
    expect(await numberList.rows.count()).toBeLessThan(80);
  });

  test('asks before it tries again when the next numbers could not be read', async ({ page }) => {
    list.fail(true);
    await scrollDown(page);
    await expect(page.getByRole('alert')).toContainText('Too many requests. Wait a moment.');
    const before = list.asked.length;
    await scroll(page, 0);
    await scrollDown(page);
    await expect(page.getByRole('button', { name: 'Try again' })).toBeInViewport();
    expect(list.asked).toHaveLength(before);

    list.fail(false);
    await page.getByRole('button', { name: 'Try again' }).press('Enter');
    await expect(page.getByRole('alert')).toBeHidden();
    await readAll(page);
  });

  test('is found again as it was left', async ({ page, numberList }) => {
    await readAll(page);
    await scroll(page, 30_000);
    const row = numberList.row(list.shown(530));
    await expect(row).toBeInViewport();
    const before = await row.boundingBox();
    await row.getByRole('link').click();
    await expect(page.getByRole('heading', { level: 1, name: list.shown(530) })).toBeVisible();

    await page.goBack();
    await expect(row).toBeInViewport();
    expect((await row.boundingBox())?.y).toBeCloseTo(before?.y ?? 0, 0);
    expect(await numberList.rows.count()).toBeLessThan(80);
  });

  test('is gone through with keys, also to rows that are not drawn', async ({ page, numberList }) => {
    await readAll(page);
    await scroll(page, 0);
    await expect(numberList.row(list.shown(0))).toBeInViewport();
    for (let presses = 0; presses < 60; presses++) await page.keyboard.press('ArrowDown');
    await hasFocus(numberList, list.shown(59));
    await expect(numberList.row(list.shown(59))).toBeInViewport();

    // The row with the focus stays, wherever the screen is.
    await scrollDown(page);
    await expect(numberList.row(list.shown(COUNT - 1))).toBeInViewport();
    await hasFocus(numberList, list.shown(59));
    await scroll(page, 0);
    await expect(numberList.row(list.shown(0))).toBeInViewport();
    await hasFocus(numberList, list.shown(59));
    await scrollDown(page);
    await expect(numberList.row(list.shown(COUNT - 1))).toBeInViewport();
    await hasFocus(numberList, list.shown(59));
    expect(await misplacement(page)).toBe(0);

    await page.keyboard.press('ArrowDown');
    await hasFocus(numberList, list.shown(60));
    await expect(numberList.row(list.shown(60))).toBeInViewport();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { level: 1, name: list.shown(60) })).toBeVisible();
  });

  test('has ranges selected over what is not drawn', async ({ page, numberList }) => {
    await readAll(page);
    await scroll(page, 0);
    await numberList.row(list.shown(3)).getByRole('checkbox').click();
    await scroll(page, 30_000);
    await numberList
      .row(list.shown(530))
      .getByRole('checkbox')
      .click({ modifiers: ['Shift'] });

    const bar = page.getByRole('group', { name: 'Selected numbers' });
    await expect(bar).toContainText('528 selected');
    await expect(bar).toBeInViewport();
    await scroll(page, 15_000);
    await expect(numberList.rows.getByRole('checkbox').first()).toBeChecked();
  });

  test('keeps what is being typed while it is scrolled', async ({ page, numberList }) => {
    await readAll(page);
    await scroll(page, 0);
    await page.getByRole('button', { name: 'Rename Line 2', exact: true }).click();
    const field = page.getByRole('textbox', { name: 'New name of Line 2' });
    await field.fill('Reception');
    await scrollDown(page);
    await expect(numberList.row(list.shown(COUNT - 1))).toBeInViewport();
    await expect(field).toBeFocused();
    await page.keyboard.type(' desk');
    await expect(field).toHaveValue('Reception desk');
  });

  test('stands as close as it is told to', async ({ page }) => {
    await readAll(page);
    await page.getByRole('button', { name: 'View' }).click();
    await page.getByRole('menuitemradio', { name: 'Compact' }).click();
    await page.keyboard.press('Escape');
    await scroll(page, 20_000);
    await expect.poll(() => misplacement(page)).toBe(0);
    const { height, rows } = await page.evaluate(() => ({
      height: document.querySelector('app-number-table .body')?.clientHeight ?? 0,
      rows: document.querySelector('app-number-row')?.getBoundingClientRect().height ?? 0,
    }));
    expect(height).toBe(Math.round(COUNT * rows));
  });
});

test.describe('A list of many numbers, on a phone', () => {
  test.use({ viewport: { width: 360, height: 740 }, hasTouch: true });

  test('is read on, and its cards stand where they belong', async ({ page, account, numberList }) => {
    expect(account.email).not.toBe('');
    const list = await LongList.answer(page, COUNT);
    await numberList.open();
    await expect(numberList.row(list.shown(0))).toBeVisible();
    await readAll(page);
    await expect(numberList.row(list.shown(COUNT - 1))).toBeInViewport();
    await scroll(page, 50_000);
    await expect.poll(() => misplacement(page)).toBe(0);
    expect(await numberList.rows.count()).toBeLessThan(40);

    // The screen is turned: rows of another height, and the same ones on it.
    const row = page.locator('app-number-row').nth(6);
    const place = await row.getAttribute('aria-rowindex');
    await expect(row).toBeInViewport();
    await page.setViewportSize({ width: 1024, height: 600 });
    await expect(page.locator(`app-number-row[aria-rowindex="${place}"]`)).toBeInViewport();
    await expect.poll(() => misplacement(page)).toBe(0);
    await scrollDown(page);
    await expect(numberList.row(list.shown(COUNT - 1))).toBeInViewport();
  });
});
