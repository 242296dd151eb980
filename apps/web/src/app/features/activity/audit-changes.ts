import { type AuditEntryResponse, PERMISSIONS, PROVIDERS, ROLES } from '@voxreach/contracts';
import type { Sentence } from '../../core/i18n/sentences';
import { said, t } from '../../core/i18n/translate';
import { roleWord } from '../../shared/ui/role-words';

export interface FieldChange {
  field: string;
  before: string | null;
  after: string | null;
}

/** The name of what an id stands for. */
export type NameOf = (id: string) => string;

/** Fields that refer to something by its id. */
export const REFERENCES = ['agentId', 'credentialId'];

/** Fields that are known, by their names in entries. */
const FIELD_WORDS: Record<string, Sentence> = {
  agentId: 'Agent',
  credentialId: 'Credential',
  endedSessions: 'Ended sessions',
  expiresAt: 'Expires at',
  fallbackNumber: 'Fallback number',
  firstMessage: 'First message',
  name: 'Name',
  number: 'Number',
  provider: 'Provider',
  request: 'Request',
  requiresSecondFactor: 'Second factor required',
  role: 'Role',
  scopes: 'Scopes',
  sipUri: 'SIP URI',
  systemPrompt: 'System prompt',
};

const inWords = (words: string | undefined): string | undefined => words && said(words);

/** All that an entry says of an agent's own words. */
const changedWord = (value: string): string | undefined => (value === 'changed' ? t('changed') : undefined);

/** Words for what a field holds, where its own value is none. */
const VALUE_WORDS: Record<string, (value: string) => string | undefined> = {
  firstMessage: changedWord,
  systemPrompt: changedWord,
  role: (value) => ROLES.filter((role) => role === value).map(roleWord)[0],
  scopes: (value) => inWords(Object.entries(PERMISSIONS).find(([id]) => id === value)?.[1].label),
  provider: (value) => inWords(Object.values(PROVIDERS).find(({ id }) => id === value)?.label),
};

/** The fields that were changed, in words; what was set first has no value before. */
export function changesOf({ before, after }: AuditEntryResponse, nameOf: NameOf): FieldChange[] {
  const fields = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  const wordsIn = (values: Record<string, unknown> | null, field: string) =>
    values !== null && field in values ? valueWords(field, values[field], nameOf) : null;
  return fields.map((field) => ({
    field: fieldWords(field),
    before: wordsIn(before, field),
    after: wordsIn(after, field),
  }));
}

/** What a field is called; one that is not known is called by its name, written for reading. */
export function fieldWords(field: string): string {
  const known = FIELD_WORDS[field];
  if (known) return t(known);
  const words = field
    .replace(/Id$/, '')
    .replace(/[._]/g, ' ')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replace(/\b(sip|api|uri|sms|ip)\b/g, (abbreviation) => abbreviation.toUpperCase());
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function valueWords(field: string, value: unknown, nameOf: NameOf): string {
  if (value === null || value === undefined || value === '') return t('none');
  if (typeof value === 'boolean') return t(value ? 'yes' : 'no');
  if (Array.isArray(value))
    return value.map((item) => valueWords(field, item, nameOf)).join(t('; ')) || t('none');
  if (typeof value === 'object') {
    return Object.entries(value)
      .map(([key, inner]) => `${fieldWords(key)}: ${valueWords(key, inner, nameOf)}`)
      .join(t('; '));
  }
  const text = String(value);
  return REFERENCES.includes(field) ? nameOf(text) : (VALUE_WORDS[field]?.(text) ?? text);
}
