import { t } from '../../core/i18n/translate';

type Sign = readonly [pattern: RegExp, word: string];

/** The first that fits counts: many browsers also call themselves by the names of others. */
const BROWSERS: readonly Sign[] = [
  [/Edg\//, 'Edge'],
  [/OPR\//, 'Opera'],
  [/SamsungBrowser\//, 'Samsung Internet'],
  [/Firefox\/|FxiOS\//, 'Firefox'],
  [/Chrome\/|CriOS\//, 'Chrome'],
  [/Safari\//, 'Safari'],
];

const SYSTEMS: readonly Sign[] = [
  [/iPhone|iPad/, 'iOS'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'macOS'],
  [/CrOS/, 'ChromeOS'],
  [/Linux/, 'Linux'],
];

const wordFor = (signs: readonly Sign[], text: string): string | undefined =>
  signs.find(([pattern]) => pattern.test(text))?.[1];

/** “Firefox on Windows”; undefined for a program that is no browser we know. */
export function knownBrowser(userAgent: string): string | undefined {
  const browser = wordFor(BROWSERS, userAgent);
  const system = wordFor(SYSTEMS, userAgent);
  return browser !== undefined && system !== undefined
    ? t('{browser} on {system}', { browser, system })
    : browser;
}

/** What a browser calls itself, in words, or what is known of it. */
export function browserWords(userAgent: string | null): string {
  if (userAgent === null || userAgent === '') return t('Unknown browser');
  return knownBrowser(userAgent) ?? wordFor(SYSTEMS, userAgent) ?? userAgent.slice(0, 60);
}
