import type { PhoneNumberResponse, PhoneNumberStatus } from '@voxreach/contracts';
import type { Sentence } from '../../core/i18n/sentences';
import { said, t } from '../../core/i18n/translate';

const MEANING: Record<PhoneNumberStatus, Sentence> = {
  active: 'This number takes calls.',
  activating:
    'Vapi is setting this number up, which takes a few minutes. Calls may fail until then. This page updates by itself.',
  needs_attention:
    'Something is half done or unclear. Call the number: if your agent does not answer, try again, or remove the number and add it anew.',
  blocked: 'Vapi has blocked this number, so calls are not answered. Contact support to learn why.',
};

/** What the status of a number means for its calls, and what to do about it. */
export function statusMeaning({ status, agent, attention }: PhoneNumberResponse): string {
  const isUnanswered = status === 'active' && agent === null;
  if (isUnanswered) return `${t(MEANING.active)} ${t('Nobody answers yet: assign an agent.')}`;
  return attention === undefined ? t(MEANING[status]) : said(attention);
}

/** Why a number cannot be changed for now; null when it can. */
export const lockOf = ({ status }: PhoneNumberResponse): string | null =>
  status === 'needs_attention' ? t('This number can be changed once it is settled.') : null;
