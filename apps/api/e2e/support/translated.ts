import { readFileSync } from 'node:fs';
import { matchSentence, patternsOf, sentencesOf } from '@voxreach/contracts/sentences';

const FILE = new URL('../../../web/src/i18n/de.json', import.meta.url);

const known = new Set(Object.keys(JSON.parse(readFileSync(FILE, 'utf8')) as object));
const patterns = patternsOf([...known]);

const isKnown = (text: string): boolean => known.has(text) || matchSentence(text, patterns) !== undefined;

/** True when the dashboard can say this in each of its languages. */
export const isTranslated = (text: string): boolean => isKnown(text) || sentencesOf(text).every(isKnown);
