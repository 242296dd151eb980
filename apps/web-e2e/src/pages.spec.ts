import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { englishLeft, speak } from './support/language';
import { NAMES, SCENES, settled } from './support/scenes';
import { expect, test } from './support/test';

/** Everything is looked at in light; of the same page in dark, what its colours decide. */
const COLOURS = [
  { colorScheme: 'light', rules: [] },
  { colorScheme: 'dark', rules: ['color-contrast', 'link-in-text-block'] },
] as const;

/** Menus and selects open in a layer of their own, above all landmarks; the rule knows that of dialogs only. */
const IN_OVERLAY = /^\.cdk-overlay-container/;

/** What keeps people out, by element. */
async function barriers(page: Page, rules: string[]): Promise<string[]> {
  const axe = new AxeBuilder({ page });
  const { violations } = await (rules.length > 0 ? axe.withRules(rules) : axe).analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes
      .filter(({ target }) => !(id === 'region' && IN_OVERLAY.test(target.join(' '))))
      .map(({ target, failureSummary }) => `${id} at ${target.join(' ')}: ${failureSummary}`),
  );
}

/** What sticks out at the side, so that one would have to scroll there. */
const tooWide = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const root = document.documentElement;
    if (Math.max(root.scrollWidth, document.body.scrollWidth) <= root.clientWidth) return [];
    return [...document.querySelectorAll('body *')]
      .filter((element) => {
        const { left, right } = element.getBoundingClientRect();
        return right > root.clientWidth + 0.5 || left < -0.5;
      })
      .map(
        (element) =>
          `${element.tagName.toLowerCase()}.${element.className} ${element.textContent.trim().slice(0, 40)}`,
      )
      .slice(0, 5);
  });

/** Languages whose words are long, and that run the other way. */
const NARROW = ['en', 'de', 'ar'];

for (const { name, show } of SCENES) {
  test(`"${name}" keeps nobody out in light, dark and Arabic, and fits a screen of 320 px`, async ({
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
    await page.emulateMedia({ colorScheme: 'light' });
    await speak(page, 'ar');
    await settled(page);
    expect.soft(await barriers(page, []), 'Arabic').toEqual([]);
    expect.soft(await englishLeft(page, NAMES), 'English in Arabic').toEqual([]);
    await page.setViewportSize({ width: 320, height: 640 });
    for (const language of NARROW) {
      await speak(page, language);
      await settled(page);
      expect.soft(await tooWide(page), `320 px, ${language}`).toEqual([]);
    }
  });
}
