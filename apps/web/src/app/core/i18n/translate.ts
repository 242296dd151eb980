import { signal } from '@angular/core';
import { translate as lookUp } from '@jsverse/transloco';
import { matchSentence, patternsOf, sentencesOf } from '@voxreach/contracts/sentences';
import type { LanguageId } from './languages';
import type { CountedSentence, Sentence, SentenceParams } from './sentences';

interface Spoken {
  language: LanguageId;
  /** For `Intl`: the language with the browser's region, where it has one. */
  locale: string;
  /** The sentences of the language; empty in English, where each is its own translation. */
  known: ReadonlySet<string>;
}

const speaking = signal<Spoken>({ language: 'en', locale: 'en', known: new Set() });

/** What is spoken at the moment. Whatever is computed from words, dates or numbers follows it. */
export const spoken = speaking.asReadonly();

/** Called when the words of a language are there. */
export const speak = (next: Spoken): void => speaking.set(next);

/** Words of the dashboard itself. */
export function t(sentence: Sentence, params: SentenceParams = {}): string {
  return lookUp<string>(sentence, params, spoken().language);
}

/** Words that depend on a number, which is `{count}` in them. */
export function counted(sentence: CountedSentence, count: number, params: SentenceParams = {}): string {
  const { language } = spoken();
  const form = new Intl.PluralRules(language).select(count);
  return lookUp<string>(`${sentence}.${form}`, { ...params, count }, language);
}

/** A label in the middle of a sentence: “Show password”. German nouns stay as they are. */
export const inSentence = (label: string): string =>
  spoken().language === 'de' ? label : label.toLowerCase();

/** Of the known sentences, and made once for each language. */
const patterns = new WeakMap<ReadonlySet<string>, ReturnType<typeof patternsOf>>();

/**
 * Words that came from elsewhere: from the API, or from the contracts that it shares with the dashboard. They arrive in English, with names and
 * numbers already in their places, and some are put together of several sentences. What is not known, such as a carrier's own explanation,
 * stays as it is.
 */
export function said(text: string): string {
  if (spoken().known.size === 0) return text;
  return translationOf(text) ?? sentencesOf(text).map(orAsItIs).join(' ');
}

const orAsItIs = (text: string): string => translationOf(text) ?? text;

function translationOf(text: string): string | undefined {
  const { language, known } = spoken();
  if (known.has(text)) return lookUp<string>(text, {}, language);
  const made = patterns.get(known) ?? patternsOf([...known]);
  patterns.set(known, made);
  const found = matchSentence(text, made);
  return found && lookUp<string>(found.key, inWords(found.params), language);
}

/** In a gap stands a name or a number, which stays, or a sentence of its own. */
const inWords = (params: Record<string, string>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(params).map(([name, value]) => [
      name,
      (/[.!?]$/.test(value) ? translationOf(value) : undefined) ?? value,
    ]),
  );
