/*
 * How sentences of the API and the contracts are recognised after names and numbers have been put into them. An entry of its own: the first page
 * that anybody sees needs this, and none of the classes.
 */

/** A known sentence with gaps, such as "This API key does not have the scope {scope}." */
export interface SentencePattern {
  key: string;
  expression: RegExp;
  names: string[];
}

const GAP = /\{(\w+)\}/g;

/** The sentences with gaps among these, the most exact ones first. Not labels such as “Copy {what}”, which fit what they were not made for. */
export function patternsOf(keys: readonly string[]): SentencePattern[] {
  return keys
    .filter((key) => key.search(GAP) >= 0 && isSentence(key))
    .toSorted((one, other) => wordsOf(other).length - wordsOf(one).length)
    .map((key) => ({
      key,
      expression: new RegExp(`^${key.split(GAP).map(partOf).join('')}$`, 's'),
      names: [...key.matchAll(GAP)].map(([, name]) => name ?? ''),
    }));
}

/** The sentence that a text was made from, with what stands in its gaps; undefined when none fits. */
export function matchSentence(
  text: string,
  patterns: readonly SentencePattern[],
): { key: string; params: Record<string, string> } | undefined {
  for (const { key, expression, names } of patterns) {
    const values = expression.exec(text)?.slice(1);
    if (values === undefined) continue;
    return { key, params: Object.fromEntries(names.map((name, i) => [name, values[i] ?? ''])) };
  }
  return undefined;
}

const isSentence = (key: string): boolean =>
  /[.?!]$/.test(key) || (wordsOf(key).match(/\p{L}+/gu) ?? []).length >= 3;

const wordsOf = (key: string): string => key.replaceAll(GAP, '');

/** `split` leaves words and names of gaps in turn. */
const partOf = (part: string, index: number): string =>
  index % 2 === 0 ? part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&') : '(.+?)';

/** What stands in brackets is one. */
const BETWEEN_SENTENCES = /(?<=[.!?]) (?=[\p{Lu}(])(?![^(]*\))/u;

/** The sentences that a text is put together of, such as what happened and what to do. */
export const sentencesOf = (text: string): string[] => text.split(BETWEEN_SENTENCES);
