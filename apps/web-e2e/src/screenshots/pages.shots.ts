import type { Page } from '@playwright/test';
import { speak } from '../support/language';
import { SCENES, settled } from '../support/scenes';
import { test } from '../support/test';

const FOLDER = 'tmp/screenshots';

const LOOKS = [
  { look: 'light', language: 'en', colorScheme: 'light', viewport: { width: 1280, height: 800 } },
  { look: 'dark', language: 'en', colorScheme: 'dark', viewport: { width: 1280, height: 800 } },
  { look: 'phone', language: 'en', colorScheme: 'light', viewport: { width: 390, height: 844 } },
  { look: 'tablet', language: 'en', colorScheme: 'light', viewport: { width: 820, height: 1180 } },
  { look: 'german', language: 'de', colorScheme: 'light', viewport: { width: 1280, height: 800 } },
  { look: 'spanish', language: 'es', colorScheme: 'light', viewport: { width: 1280, height: 800 } },
  { look: 'arabic', language: 'ar', colorScheme: 'light', viewport: { width: 1280, height: 800 } },
  { look: 'arabic-phone', language: 'ar', colorScheme: 'dark', viewport: { width: 390, height: 844 } },
] as const;

const fileName = (scene: string): string => scene.toLowerCase().replace(/[^a-z0-9]+/g, '-');

/** A dialog or menu takes its direction when it opens, which nobody does while the language changes. What is in it may keep its own. */
async function turnWhatIsOpen(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const overlay of document.querySelectorAll('.cdk-overlay-container [dir]:not(code, bdi, input)'))
      overlay.setAttribute('dir', document.documentElement.dir);
    dispatchEvent(new Event('resize'));
  });
}

for (const [index, { name, show }] of SCENES.entries()) {
  test(name, async ({ page, account, phone }) => {
    await show({ page, account, phone });
    for (const { look, language, colorScheme, viewport } of LOOKS) {
      await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme });
      await speak(page, language);
      await turnWhatIsOpen(page);
      await page.evaluate(() => scrollTo(0, 0));
      await settled(page);
      const place = String(index + 1).padStart(2, '0');
      await page.screenshot({ path: `${FOLDER}/${place}-${fileName(name)}-${look}.png`, fullPage: true });
    }
  });
}
