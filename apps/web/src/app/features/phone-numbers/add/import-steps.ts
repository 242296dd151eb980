import type { AnyProviderDescriptor } from '@voxreach/contracts';
import { said, t } from '../../../core/i18n/translate';

/** Something that happens on the way to the number: its name, in the language that is spoken when it is shown. */
export type ImportStep = () => string;

/** A saved credential is not registered again. */
export const importSteps = (
  { label, credential }: AnyProviderDescriptor,
  usesSaved: boolean,
): ImportStep[] => [
  ...(credential?.reusable && !usesSaved
    ? [() => t('Registering the {provider} credential', { provider: said(label) })]
    : []),
  () => t(credential === null ? 'Requesting the test number' : 'Importing the number'),
];
