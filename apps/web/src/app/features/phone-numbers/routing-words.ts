import type { PhoneNumberResponse } from '@voxreach/contracts';
import { t } from '../../core/i18n/translate';
import type { PhoneFormat } from './phone-format';

/** Who answers a number and where a call goes that nobody takes, as a sentence for those who only read it. */
export function routingWords(
  { agent, fallbackNumber }: PhoneNumberResponse,
  phones: Pick<PhoneFormat, 'format'>,
): string {
  const answer =
    agent === null
      ? t('Nobody answers this number yet.')
      : t('{agent} answers every call.', { agent: agent.name });
  if (fallbackNumber === null) return answer;
  const fallback = t('Calls that the agent cannot take go to {number}.', {
    number: phones.format(fallbackNumber),
  });
  return `${answer} ${fallback}`;
}
