import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { SCENES, settled } from './support/scenes';
import { expect, test } from './support/test';

/** Everything is looked at in light; of the same page in dark, what its colours decide. */
const COLOURS = [
  { colorScheme: 'light', rules: [] },
  { colorScheme: 'dark', rules: ['color-contrast', 'link-in-text-block'] },
] as const;

/** What keeps people out, by element. */
async function barriers(page: Page, rules: string[]): Promise<string[]> {
  const axe = new AxeBuilder({ page });
  const { violations } = await (rules.length > 0 ? axe.withRules(rules) : axe).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id} at ${target.join(' ')}: ${failureSummary}`),
    );
}

/** What sticks out at the side, so that one would have to scroll there. */
const tooWide = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const root = document.documentElement;
    if (Math.max(root.scrollWidth, document.body.scrollWidth) <= root.clientWidth) return [];
    return [...document.querySelectorAll('body *')]
      .filter((element) => element.getBoundingClientRect().right > root.clientWidth + 0.5)
      .map(
        (element) =>
          `${element.tagName.toLowerCase()}.${element.className} ${element.textContent.trim().slice(0, 40)}`,
      )
      .slice(0, 5);
  });

for (const { name, show } of SCENES) {
  test(`"${name}" keeps nobody out in light and dark, and fits a screen of 320 px`, async ({
    page,
    account,
    phone,
  }) => {
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
    await show({ page, account, phone });
    for (const { colorScheme, rules } of COLOURS) {
      await page.emulateMedia({ colorScheme });
      await settled(page);
      expect.soft(await barriers(page, [...rules]), colorScheme).toEqual([]);
    }
    await page.setViewportSize({ width: 320, height: 640 });
    await settled(page);
    expect(await tooWide(page)).toEqual([]);
  });
}
