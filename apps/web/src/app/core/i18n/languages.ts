/** What the dashboard speaks, each under its own name. */
export const LANGUAGES = {
  en: { name: 'English', direction: 'ltr' },
  de: { name: 'Deutsch', direction: 'ltr' },
  es: { name: 'Español', direction: 'ltr' },
  ar: { name: 'العربية', direction: 'rtl' },
} as const;

export type LanguageId = keyof typeof LANGUAGES;

export const LANGUAGE_IDS = Object.keys(LANGUAGES) as LanguageId[];

export const isLanguage = (id: unknown): id is LanguageId => LANGUAGE_IDS.some((known) => known === id);

/** The first language that the browser asks for and the dashboard speaks. */
export function languageOf(wanted: readonly string[]): LanguageId {
  return wanted.map((tag) => tag.split('-')[0]).find(isLanguage) ?? 'en';
}

/** The browser's own variant of a language, such as British English, since it settles how dates and numbers are written. */
export function localeOf(language: LanguageId, wanted: readonly string[]): string {
  return wanted.find((tag) => tag.split('-')[0] === language) ?? language;
}
