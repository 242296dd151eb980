import type { PhoneNumberStatus } from '@voxreach/contracts';

/** What a status means for calls, and what to do about it. */
export const STATUS_MEANING: Record<PhoneNumberStatus, string> = {
  active: 'Calls to this number are answered.',
  activating:
    'Vapi is setting this number up, which takes some minutes. Calls may fail until then. This page follows it.',
  needs_attention:
    'Something is half done or unclear. Call the number: if your agent does not answer, remove the number and add it again.',
  blocked: 'Vapi has blocked this number, so calls are not answered. Contact support to learn why.',
};
