import type { PhoneNumberResponse } from '@voxreach/contracts';
import type { PhoneFormat } from './phone-format';

/** Who answers a number and where a call goes that nobody takes, as a sentence for those who only read it. */
export function routingWords(
  { agent, fallbackNumber }: PhoneNumberResponse,
  phones: Pick<PhoneFormat, 'format'>,
): string {
  const answer = agent === null ? 'Nobody answers this number yet.' : `${agent.name} answers every call.`;
  return fallbackNumber === null
    ? answer
    : `${answer} Calls that the agent cannot take go to ${phones.format(fallbackNumber)}.`;
}
