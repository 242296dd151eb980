import { type AnyProviderDescriptor, type PhoneNumberResponse, PROVIDERS } from '@voxreach/contracts';
import type { Removal } from '../../shared/ui/removal.dialog';

/** What becomes of the number itself, by where it stands. */
const AFTERWARDS: Record<AnyProviderDescriptor['situation'], (label: string) => string> = {
  carrier: (label) => `The number stays yours at ${label}; check its voice settings there.`,
  trunk: () => 'The number stays with your carrier; stop sending its calls to Vapi there.',
  test: (label) => `The number goes back to ${label}, and you may not get the same one again.`,
};

/** What is asked before a number is removed. */
export function numberRemoval(
  { provider, agent, credential }: PhoneNumberResponse,
  title: string,
  run: Removal['run'],
): Removal {
  const { situation, label } = PROVIDERS[provider];
  const calls =
    agent === null
      ? `${title} will leave VoxReach.`
      : `Calls to ${title} will no longer reach ${agent.name}.`;
  const option = credential && {
    label: `Also remove the saved credential “${credential.name}”`,
    hint: 'It stays if other numbers use it.',
  };
  return {
    heading: `Remove ${title}?`,
    words: `${calls} ${AFTERWARDS[situation](label)}`,
    keep: 'Keep number',
    remove: 'Remove number',
    ...(option && { option }),
    run,
  };
}

/** The same for several numbers at once, by where they stand. */
const AFTERWARDS_OF_SEVERAL: Record<AnyProviderDescriptor['situation'], string> = {
  carrier: 'Numbers of a carrier stay yours there; check their voice settings.',
  trunk: 'Numbers of your own trunk stay with your carrier; stop sending their calls to Vapi.',
  test: 'Free test numbers go back, and you may not get the same ones again.',
};

export function afterRemovals(numbers: readonly PhoneNumberResponse[]): string {
  const situations = new Set(numbers.map(({ provider }) => PROVIDERS[provider].situation));
  return [...situations].map((situation) => AFTERWARDS_OF_SEVERAL[situation]).join(' ');
}
