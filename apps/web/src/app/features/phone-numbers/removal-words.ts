import { type AnyProviderDescriptor, type PhoneNumberResponse, PROVIDERS } from '@voxreach/contracts';

/** What becomes of the number itself, by where it stands. */
const AFTERWARDS: Record<AnyProviderDescriptor['situation'], (label: string) => string> = {
  carrier: (label) => `The number stays yours at ${label}; check its voice settings there.`,
  trunk: () => 'The number stays with your carrier; stop sending its calls to Vapi there.',
  test: (label) => `The number goes back to ${label}, and you may not get the same one again.`,
};

/** What removing a number does, said before it is done. */
export function removalWords({ provider, agent }: PhoneNumberResponse, title: string): string {
  const { situation, label } = PROVIDERS[provider];
  const calls =
    agent === null
      ? `${title} will leave VoxReach.`
      : `Calls to ${title} will no longer reach ${agent.name}.`;
  return `${calls} ${AFTERWARDS[situation](label)}`;
}
