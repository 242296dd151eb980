import type { ErrorCode } from '@voxreach/contracts';
import type { ApiProblem } from '../../../core/api-problem';
import type { Sentence } from '../../../core/i18n/sentences';
import { counted, t } from '../../../core/i18n/translate';

/** No answer, no session, or too slow or too many: nothing was decided. */
const UNDECIDED: readonly number[] = [0, 401, 408, 429];

/**
 * True when the server is done with this request and would answer a repetition with the same words. Where it asks to
 * wait, for example because the first attempt still runs, it is not.
 */
export const isSettled = ({ status, retryAfter }: ApiProblem): boolean =>
  status < 500 && retryAfter === null && !UNDECIDED.includes(status);

const REMEDIES: Partial<Record<ErrorCode, Sentence>> = {
  CONFLICT: 'Look for it among your phone numbers, or enter another number.',
  FORBIDDEN: 'Choose another provider.',
  NOT_FOUND: 'The agent or the saved credential may have been removed meanwhile. Choose again.',
  PROVIDER_REJECTED: 'Compare the credentials and the number with your carrier’s console, then try again.',
  RATE_LIMITED: 'Wait a moment, then try again.',
  UNAUTHENTICATED: 'Sign in again.',
};

const CAN_BE_REPEATED: Sentence = 'Trying again is safe: the same request is not carried out twice.';

/** What to do about a failed import, in the language that is spoken now; the problem's own detail says what happened. */
export function remedyFor({ code, offline, status, retryAfter, requestId }: ApiProblem): string {
  if (offline) return `${t('It is not known whether the number was added.')} ${t(CAN_BE_REPEATED)}`;
  if (status >= 500) {
    return [
      ...(retryAfter === null ? [] : [counted('Wait {count} seconds.', retryAfter)]),
      t(CAN_BE_REPEATED),
      ...(requestId === ''
        ? []
        : [t('If it keeps failing, tell support the reference {requestId}.', { requestId })]),
    ].join(' ');
  }
  if (retryAfter !== null) return counted('Wait {count} seconds, then try again.', retryAfter);
  return t(REMEDIES[code] ?? 'Correct what is named, then try again.');
}
