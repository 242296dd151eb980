import { AsyncLocalStorage } from 'node:async_hooks';

const SECRET_KEY = /token|secret|password|apikey/i;

const operation = new AsyncLocalStorage<readonly string[]>();

/**
 * Runs an operation that handles a carrier's secrets. Vapi may quote them in an answer to any request of the operation, not only to the one
 * that carried them, so they are blotted out of all.
 */
export const handlingSecretsOf = <T>(value: unknown, run: () => Promise<T>): Promise<T> =>
  operation.run(secretsOf(value), run);

/** The secrets of the operation that runs, in memory only. */
export const secretsInHand = (): readonly string[] => operation.getStore() ?? [];

/** The values in a request whose key says that they are secret. */
export function secretsOf(value: unknown, key = ''): string[] {
  if (typeof value === 'string') return SECRET_KEY.test(key) ? [value] : [];
  if (Array.isArray(value)) return value.flatMap((item) => secretsOf(item, key));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => secretsOf(inner, name));
}
