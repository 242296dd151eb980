import { all, type Check, isObject, text } from './check';

const E164 = /^\+[1-9]\d{6,14}$/;

export const e164: Check = (value, path) =>
  typeof value === 'string' && E164.test(value)
    ? []
    : [
        `${path} must be a valid phone number in the E.164 format. Hot tip, you may be missing the country code (Eg. US: +1).`,
      ];

const lettersAndDigits: Check = (value, path) =>
  /^\+?[a-zA-Z0-9]+$/.test(String(value))
    ? []
    : [`${path} must contain only letters and digits, with an optional leading plus`];

/** What may stand in for an E.164 number once that check is switched off. */
export const looseNumber = all(text({ min: 3, max: 40 }), lettersAndDigits);

/** The number of an object which may switch the E.164 check off by its own `numberE164CheckEnabled`. */
export function numberOf(owner: unknown): Check {
  return isObject(owner) && owner['numberE164CheckEnabled'] === false ? looseNumber : e164;
}
