import type { AnyProviderDescriptor } from '@voxreach/contracts';
import { said, t } from '../../../core/i18n/translate';

/** Something that happens on the way to the number, in the language that is spoken when it is shown. */
export interface ImportStep {
  /** While it happens. */
  doing(): string;
  done(): string;
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
          done: () => t('The {provider} credential is registered', { provider: said(label) }),
        },
      ]
    : []),
  credential === null
    ? { doing: () => t('Requesting the test number'), done: () => t('The test number is requested') }
    : { doing: () => t('Importing the number'), done: () => t('The number is imported') },
];
