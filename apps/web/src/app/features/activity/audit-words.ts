import {
  AUDIT_ACTIONS,
  type AuditAction,
  type AuditActor,
  type AuditEntryResponse,
} from '@voxreach/contracts';
import type { Sentence } from '../../core/i18n/sentences';
import { said, t } from '../../core/i18n/translate';

/** Who did it. */
export function actorWords({ type, name }: AuditActor): string {
  switch (type) {
    case 'user':
      return name ?? t('Somebody');
    case 'api_key':
      return name === null ? t('An API key') : t('API key “{name}”', { name });
    case 'system':
      return 'VoxReach';
    case 'anonymous':
      return t('Not signed in');
  }
}

/** What was done; for what was refused, what was not. */
export const whatWords = ({ action, outcome }: AuditEntryResponse): string =>
  said(outcome === 'succeeded' ? AUDIT_ACTIONS[action] : refusedWords(action));

/** A sentence of its own, and not “Refused” before another: what was not done is worded otherwise in most languages. */
export function refusedWords(action: AuditAction): string {
  const words = AUDIT_ACTIONS[action];
  return action === 'request.refuse' ? words : `Refused: ${words.charAt(0).toLowerCase()}${words.slice(1)}`;
}

const GROUPS: readonly [title: Sentence, prefixes: readonly string[]][] = [
  ['Phone numbers', ['phone_number']],
  ['Agents', ['agent']],
  ['Credentials', ['credential']],
  ['Organisation and people', ['organization', 'member', 'invitation', 'audit']],
  ['API keys', ['api_key']],
  ['Sign-in and accounts', ['session', 'user']],
  ['Refusals', ['request']],
];

/** The actions to choose from, by what they are done to. */
export const ACTION_GROUPS = GROUPS.map(([title, prefixes]) => ({
  title,
  actions: (Object.entries(AUDIT_ACTIONS) as [AuditAction, string][])
    .filter(([id]) => prefixes.includes(id.split('.')[0] ?? ''))
    .map(([id, words]) => ({ id, words })),
}));
