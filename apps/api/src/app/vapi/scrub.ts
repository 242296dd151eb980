const SECRET_KEY = /token|secret|password|apikey/i;
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;

/** The longest sentence of Vapi's that is passed on, in characters. */
const MAX_LENGTH = 500;

/**
 * Makes a sentence of Vapi's fit to leave: secrets that were sent with the request are blotted out wherever they are quoted,
 * and so are Vapi's ids, which may belong to somebody else.
 */
export function scrub(message: string, request: unknown, operatorKey: string): string {
  const secrets = [operatorKey, ...secretsOf(request)].filter((secret) => secret.length >= 3);
  // The longest first: one secret may be part of another.
  const blotted = secrets
    .toSorted((a, b) => b.length - a.length)
    .reduce((text, secret) => text.replaceAll(secret, '•••'), message);
  return blotted.replace(UUID, '…').slice(0, MAX_LENGTH);
}

/** The values in a payload whose key says that they are secret. */
function secretsOf(value: unknown, key = ''): string[] {
  if (typeof value === 'string') return SECRET_KEY.test(key) ? [value] : [];
  if (Array.isArray(value)) return value.flatMap((item) => secretsOf(item, key));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => secretsOf(inner, name));
}
