import { expect, type Page } from '@playwright/test';

/** Chooses a language as another tab does it: what stands on the page turns, and nothing that was entered is lost. */
export async function speak(page: Page, language: string): Promise<void> {
  await page.evaluate((chosen) => {
    localStorage.setItem('voxreach.language', chosen);
    dispatchEvent(new StorageEvent('storage', { key: 'voxreach.language' }));
  }, language);
  await expect(page.locator('html')).toHaveAttribute('lang', language);
}

/** Words that every English sentence has some of, and no name of a carrier, protocol or setting. */
const ENGLISH =
  /\b(?:the|and|of|to|for|is|are|was|your|you|with|this|that|it|not|no|be|by|an|or|if|has|have|from|all|add|remove|number|numbers|name|save|cancel)\b/i;

/** Addresses, and what a pattern is made of: `{number}`. */
const NO_WORDS = /\S+@\S+|\{\w+\}|\u2068[\w{}]+\u2069/g;

/**
 * What is still English on a page that should not be: seen, or heard by a screen reader. `names` are what people have entered, which stays.
 */
export async function englishLeft(page: Page, names: readonly string[]): Promise<string[]> {
  const texts = await page.evaluate(() => {
    const found: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const element = node.parentElement;
      if (element === null || element.closest('script, style, app-email, [lang]:not(html)') !== null)
        continue;
      found.push(node.textContent ?? '');
    }
    for (const element of document.querySelectorAll('[aria-label], [title], [placeholder], [alt]')) {
      for (const attribute of ['aria-label', 'title', 'placeholder', 'alt'])
        found.push(element.getAttribute(attribute) ?? '');
    }
    return [document.title, ...found];
  });
  return texts
    .map((text) =>
      names.reduce((rest, name) => rest.replaceAll(name, ''), text.replaceAll(NO_WORDS, '')).trim(),
    )
    .filter((text) => ENGLISH.test(text));
}
