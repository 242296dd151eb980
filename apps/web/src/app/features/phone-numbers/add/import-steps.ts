import type { AnyProviderDescriptor } from '@voxreach/contracts';
import { said, t } from '../../../core/i18n/translate';

/** Something that happens on the way to the number: its name while it happens and after, in the language that is spoken when it is shown. */
export interface ImportStep {
  doing: () => string;
  done: () => string;
}

/** A saved credential is not registered again. */
export const importSteps = (
  { label, credential }: AnyProviderDescriptor,
  usesSaved: boolean,
): ImportStep[] => [
  ...(credential?.reusable && !usesSaved
    ? [
        {
          doing: () => t('Registering the {provider} credential', { provider: said(label) }),
          done: () => t('{provider} credential registered', { provider: said(label) }),
        },
      ]
    : []),
  credential === null
    ? { doing: () => t('Requesting the test number'), done: () => t('Test number requested') }
    : { doing: () => t('Importing the number'), done: () => t('Number imported') },
];
