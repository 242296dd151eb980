import type { AnyProviderDescriptor } from '@voxreach/contracts';

/** What happens on the way to the number, by name. A saved credential is not registered again. */
export const importSteps = ({ label, credential }: AnyProviderDescriptor, usesSaved: boolean): string[] => [
  ...(credential?.reusable && !usesSaved ? [`Registering the ${label} credential`] : []),
  credential === null ? 'Requesting the test number' : 'Importing the number',
];
