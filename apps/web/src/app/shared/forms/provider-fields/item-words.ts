import type { ListField } from '@voxreach/contracts';
import type { Sentence } from '../../../core/i18n/sentences';
import { t } from '../../../core/i18n/translate';

/** What is said of the item at this place of a list. */
export const itemWords = ({ words }: ListField, kind: keyof ListField['words'], index: number): string =>
  // Words of the contracts, which are tested to be translated.
  t(words[kind] as Sentence, { number: index + 1 });
