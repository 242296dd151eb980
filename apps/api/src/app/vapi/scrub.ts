import { secretsInHand, secretsOf } from './confidential';

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;

/** Letters and digits in one long run: a key or an id, whosever it is. A telephone number has no letters. */
const TOKEN = /(?<![\w-])(?=[\w-]*\d)(?=[\w-]*[a-z])[\w-]{20,}/gi;

/** Characters that no sentence needs and a database or terminal may choke on. */
const CONTROL = /\p{Cc}+/gu;

/** The longest sentence of Vapi's that is passed on, in characters. */
const MAX_LENGTH = 500;

/**
 * Makes a sentence of Vapi's fit to leave: secrets that were sent with the request, those of the operation it belongs to, and the operator's
 * own settings are blotted out wherever they are quoted, and so is everything that looks like a key or an id.
 */
export function scrub(message: string, request: unknown, operatorSettings: readonly string[]): string {
  const secrets = [...operatorSettings, ...secretsInHand(), ...secretsOf(request)].filter(
    (secret) => secret.length >= 3,
  );
  // The longest first: one secret may be part of another.
  const blotted = secrets
    .toSorted((a, b) => b.length - a.length)
    .reduce((text, secret) => text.replaceAll(secret, '•••'), message);
  const plain = blotted.replace(UUID, '…').replace(TOKEN, '•••').replace(CONTROL, ' ').toWellFormed();
  // By character, so that none is cut in half.
  return Array.from(plain).slice(0, MAX_LENGTH).join('');
}
