import { Matches } from 'class-validator';

/** E.164: a plus, a country code that does not start with 0, at most 15 digits in all (ITU-T E.164). */
export const E164_PATTERN = /^\+[1-9]\d{6,14}$/;

export const E164_MESSAGE =
  'Enter the number in international format: a plus, the country code and the number, 7 to 15 digits and nothing else, for example +14155550100.';

/** Refuses what is not E.164. Spaces and dashes are refused too: the API takes the canonical form only. */
export const IsE164 = (): PropertyDecorator => Matches(E164_PATTERN, { message: E164_MESSAGE });
