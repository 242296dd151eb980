import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { State } from './stored.types';

/**
 * Fields that never reach the file, wherever they stand: secrets of carriers and of webhooks, and what may hold
 * one. The Vonage key is among them: Vapi shows it, but it is half of a carrier login all the same.
 */
const SECRET_FIELDS: ReadonlySet<string> = new Set([
  'twilioAuthToken',
  'twilioApiKey',
  'twilioApiSecret',
  'authToken',
  'apiKey',
  'apiSecret',
  'authPassword',
  'password',
  'token',
  'secretKey',
  'clientSecret',
  'secret',
  'headers',
]);

/** The saved state, or undefined when there is no file yet. Throws when the file holds something else. */
export function readState(file: string): State | undefined {
  if (!existsSync(file)) return undefined;
  const saved: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (!isState(saved)) throw new Error(`${file} holds no saved state of the Vapi sandbox`);
  return saved;
}

/** Temporary file and rename: a crash leaves the old state or the new one, never half of either. */
export function writeState(file: string, state: State): void {
  const text = JSON.stringify(
    state,
    (field, value: unknown) => (SECRET_FIELDS.has(field) ? undefined : value),
    2,
  );
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.tmp`, text, { mode: 0o600 });
  renameSync(`${file}.tmp`, file);
}

function isState(value: unknown): value is State {
  const parts = (value ?? {}) as Partial<Record<keyof State, unknown>>;
  return [parts.phoneNumbers, parts.credentials, parts.assistants].every(Array.isArray);
}
