import { type AnyProviderDescriptor, type PhoneNumberResponse, PROVIDERS } from '@voxreach/contracts';
import type { Sentence } from '../../core/i18n/sentences';
import { said, t } from '../../core/i18n/translate';
import type { Removal } from '../../shared/ui/removal.dialog';

/** What becomes of the number itself, by where it stands. */
const AFTERWARDS: Record<AnyProviderDescriptor['situation'], Sentence> = {
  carrier: 'The number stays yours at {provider}; check its voice settings there.',
  trunk: 'The number stays with your carrier; stop sending its calls to Vapi there.',
  test: 'The number goes back to {provider}, and you may not get the same one again.',
};

/** What is asked before a number is removed. */
export function numberRemoval(
  { provider, agent, credential }: PhoneNumberResponse,
  title: string,
  mayTakeCredential: boolean,
  run: Removal['run'],
): Removal {
  const { situation, label } = PROVIDERS[provider];
  const calls =
    agent === null
      ? t('{number} will leave VoxReach.', { number: title })
      : t('Calls to {number} will no longer reach {agent}.', { number: title, agent: agent.name });
  const afterwards = t(AFTERWARDS[situation], { provider: said(label) });
  const option = mayTakeCredential &&
    credential && {
      label: t('Also remove the saved credential “{name}”', { name: credential.name }),
      hint: t('It stays if other numbers use it.'),
    };
  return {
    heading: t('Remove {number}?', { number: title }),
    words: `${calls} ${afterwards}`,
    keep: t('Keep number'),
    remove: t('Remove number'),
    ...(option && { option }),
    run,
  };
}

/** The same for several numbers at once, by where they stand. */
const AFTERWARDS_OF_SEVERAL: Record<AnyProviderDescriptor['situation'], Sentence> = {
  carrier: 'Numbers of a carrier stay yours there; check their voice settings.',
  trunk: 'Numbers of your own trunk stay with your carrier; stop sending their calls to Vapi.',
  test: 'Free test numbers go back, and you may not get the same ones again.',
};

export function afterRemovals(numbers: readonly PhoneNumberResponse[]): string {
  const situations = new Set(numbers.map(({ provider }) => PROVIDERS[provider].situation));
  return [...situations].map((situation) => t(AFTERWARDS_OF_SEVERAL[situation])).join(' ');
}
