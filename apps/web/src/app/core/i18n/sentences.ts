import type words from '../../../i18n/de.json';

type Words = typeof words;

/**
 * What the dashboard says, in English: the English text is its own key. A text that is not translated does not compile, since a key has to
 * stand in `i18n/de.json`; that the other languages have the same keys is tested.
 */
export type Sentence = { [Key in keyof Words]: Words[Key] extends string ? Key : never }[keyof Words];

/** A sentence that depends on a number, which stands in it as `{count}`: "{count} numbers". */
export type CountedSentence = Exclude<keyof Words, Sentence>;

/** What is put in the place of `{name}`; numbers are written as the language does. */
export type SentenceParams = Readonly<Record<string, string | number>>;
