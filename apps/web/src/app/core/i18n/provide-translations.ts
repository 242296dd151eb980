import {
  type EnvironmentProviders,
  inject,
  makeEnvironmentProviders,
  provideAppInitializer,
  Service,
} from '@angular/core';
import {
  provideTransloco,
  provideTranslocoMissingHandler,
  provideTranslocoTranspiler,
  type Translation,
  type TranslocoLoader,
  type TranslocoMissingHandler,
  type TranslocoTranspiler,
  type TranspileParams,
} from '@jsverse/transloco';
import english from '../../../i18n/en.json' with { type: 'json' };
import { LanguageChoice } from './language-choice';
import { LANGUAGE_IDS, LANGUAGES, type LanguageId } from './languages';
import type { SentenceParams } from './sentences';
import { spoken } from './translate';

type Load = () => Promise<{ default: Translation }>;

/** Each language is a file of its own, read when it is chosen. English stands in the code, but for what depends on a number. */
const FILES: Record<LanguageId, Load> = {
  en: () => Promise.resolve({ default: english }),
  de: () => import('../../../i18n/de.json', { with: { type: 'json' } }),
  es: () => import('../../../i18n/es.json', { with: { type: 'json' } }),
  ar: () => import('../../../i18n/ar.json', { with: { type: 'json' } }),
};

@Service()
class Files implements TranslocoLoader {
  async getTranslation(language: LanguageId): Promise<Translation> {
    return (await FILES[language]()).default;
  }
}

/** Marks for where a value begins and ends, so that a phone number or a Latin name does not fall apart in a line from right to left. */
const [ISOLATE, END] = ['\u2068', '\u2069'];

/** Fills the gaps in one pass. Transloco's own goes on until none is left, also with what an admin has called a number. */
@Service()
class Gaps implements TranslocoTranspiler {
  transpile({ value, params = {} }: TranspileParams): unknown {
    return typeof value === 'string' ? fill(value, params as SentenceParams) : value;
  }
}

function fill(sentence: string, params: SentenceParams): string {
  const { language, locale } = spoken();
  const isolated = LANGUAGES[language].direction === 'rtl';
  return sentence.replaceAll(/\{(\w+)\}/g, (gap, name: string) => {
    const value = params[name];
    if (value === undefined) return gap;
    const text = typeof value === 'number' ? new Intl.NumberFormat(locale).format(value) : value;
    return isolated ? `${ISOLATE}${text}${END}` : text;
  });
}

/** The English sentence is the key. */
@Service()
class EnglishAsItStands implements TranslocoMissingHandler {
  handle(key: string, _config: unknown, params: SentenceParams = {}): string {
    return fill(key, params);
  }
}

/** Languages, read before the first page is drawn. */
export const provideTranslations = (): EnvironmentProviders =>
  makeEnvironmentProviders([
    provideTransloco({ config: { availableLangs: [...LANGUAGE_IDS], defaultLang: 'en' }, loader: Files }),
    provideTranslocoTranspiler(Gaps),
    provideTranslocoMissingHandler(EnglishAsItStands),
    provideAppInitializer(() => inject(LanguageChoice).begin()),
  ]);
