import type { VapiError } from '../vapi/vapi.error';

/** Vapi promises no wording; these words are in the refusals that have been seen of it and of its kind. */
const DUPLICATE = /\balready\b|\bexisting\b|\bduplicate|\bidentical\b|\bin use\b|\btaken\b/i;

/** True when Vapi refuses a number because its account has it: another organisation's, or the operator's own. */
export const isDuplicateRefusal = (error: VapiError): boolean =>
  error.status === 409 || error.messages.some((message) => DUPLICATE.test(message));
