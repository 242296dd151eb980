import {
  AUDIT_ACTIONS,
  type AuditAction,
  type AuditActor,
  type AuditEntryResponse,
} from '@voxreach/contracts';

/** Who did it. */
export function actorWords({ type, name }: AuditActor): string {
  switch (type) {
    case 'user':
      return name ?? 'Somebody';
    case 'api_key':
      return name === null ? 'An API key' : `API key “${name}”`;
    case 'system':
      return 'VoxReach';
    case 'anonymous':
      return 'Not signed in';
  }
}

/** What was done; for what was refused, what was not. */
export function whatWords({ action, outcome }: AuditEntryResponse): string {
  const words = AUDIT_ACTIONS[action];
  if (outcome === 'succeeded' || action === 'request.refuse') return words;
  return `Refused: ${words.charAt(0).toLowerCase()}${words.slice(1)}`;
}

const GROUPS: readonly [title: string, prefixes: readonly string[]][] = [
  ['Phone numbers', ['phone_number']],
  ['Agents', ['agent']],
  ['Credentials', ['credential']],
  ['Organisation and people', ['organization', 'member', 'invitation']],
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
