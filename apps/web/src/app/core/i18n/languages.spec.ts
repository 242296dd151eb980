import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ar from '../../../i18n/ar.json' with { type: 'json' };
import de from '../../../i18n/de.json' with { type: 'json' };
import en from '../../../i18n/en.json' with { type: 'json' };
import es from '../../../i18n/es.json' with { type: 'json' };

import { LANGUAGE_IDS, languageOf, localeOf } from './languages';

type Words = Record<string, string | Record<string, string>>;

const WORDS: Record<string, Words> = { de, es, ar };
const ROOT = join(import.meta.dirname, '../../../../../..');
const gapsOf = (text: string) => [...new Set(text.match(/\{\w+\}/g))].toSorted();
const isCounted = (key: string) => typeof WORDS['de']?.[key] !== 'string';

/** All that is written in TypeScript and templates: the dashboard, the contracts, and the API, whose sentences arrive at run time. */
const FILES = ['apps/web/src', 'libs/contracts/src', 'apps/api/src/app'].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /(?<!\.spec)\.(ts|html)$/.test(file))
    .map((file) => readFileSync(join(ROOT, folder, file), 'utf8')),
);

const SOURCES = FILES.join('\n');

const escaped = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** What the API puts together: `There is no such ${what} in your organisation.` */
const TEMPLATES = FILES.flatMap((text) => [...text.matchAll(/`([^`]*)`/g)])
  .map(([, template = '']) => template.split(/\$\{(?:[^{}]|\{[^{}]*\})*\}/))
  .filter((parts) => parts.length > 1 && parts.join('').replaceAll(/[^a-z]/gi, '').length > 5)
  .map((parts) => new RegExp(`^${parts.map(escaped).join('.*')}$`));

describe.each(Object.keys(WORDS))('The language %s', (language) => {
  const words = WORDS[language] as Words;

  test('says exactly what the others say', () => {
    expect(Object.keys(words).toSorted()).toEqual(Object.keys(de).toSorted());
  });

  test('has the same gaps in each sentence', () => {
    const wrong = Object.entries(words).filter(([key, text]) => {
      const texts = typeof text === 'string' ? [text] : Object.values(text);
      // A form of its own for one or two needs no number.
      const wanted = gapsOf(key).filter((gap) => !isCounted(key) || gap !== '{count}');
      return texts.some((one) => {
        const gaps = gapsOf(one);
        return wanted.some((gap) => !gaps.includes(gap)) || gaps.some((gap) => !gapsOf(key).includes(gap));
      });
    });
    expect(wrong).toEqual([]);
  });

  test('has every form that its numbers take', () => {
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories.toSorted();
    const wrong = Object.entries(words).filter(
      ([, text]) => typeof text !== 'string' && Object.keys(text).toSorted().join() !== forms.join(),
    );
    expect(wrong).toEqual([]);
  });

  test('leaves nothing empty', () => {
    expect(Object.entries(words).filter(([, text]) => text === '')).toEqual([]);
  });
});

test('English has the forms of what is counted, and nothing else', () => {
  expect(Object.keys(en).toSorted()).toEqual(Object.keys(de).filter(isCounted).toSorted());
  for (const forms of Object.values(en)) expect(Object.keys(forms).toSorted()).toEqual(['one', 'other']);
});

test('No sentence is kept that nobody says any more', () => {
  // What stands around the gaps must be in the source, which may fill them in its own way, or with words.
  const unused = Object.keys(de).filter(
    (key) =>
      key
        .split(/\{\w+\}/)
        .some((part) => !SOURCES.includes(part) && !SOURCES.includes(part.replaceAll("'", "\\'"))) &&
      !TEMPLATES.some((template) => template.test(key)),
  );
  expect(unused).toEqual([]);
});

test('A browser gets the first of its languages that is spoken, else English', () => {
  expect(languageOf(['fr-CH', 'de-CH', 'en'])).toBe('de');
  expect(languageOf(['fr', 'it'])).toBe('en');
  expect(languageOf([])).toBe('en');
  expect(localeOf('de', ['fr-CH', 'de-CH'])).toBe('de-CH');
  expect(LANGUAGE_IDS.map((id) => localeOf(id, []))).toEqual(LANGUAGE_IDS);
});
