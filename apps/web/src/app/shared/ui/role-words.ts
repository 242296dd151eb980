import type { Role } from '@voxreach/contracts';
import type { Sentence } from '../../core/i18n/sentences';
import { t } from '../../core/i18n/translate';

const WORDS: Record<Role, { word: Sentence; meaning: Sentence }> = {
  owner: { word: 'Owner', meaning: 'An owner may change everything, other owners included.' },
  admin: { word: 'Admin', meaning: 'An admin manages numbers, agents, credentials, people and API keys.' },
  member: { word: 'Member', meaning: 'A member manages numbers and agents, using saved credentials.' },
  viewer: { word: 'Viewer', meaning: 'A viewer sees numbers, agents and people, and changes nothing.' },
};

export const roleWord = (role: Role): string => t(WORDS[role].word);

/** What a role is for, as one sentence. */
export const roleMeaning = (role: Role): string => t(WORDS[role].meaning);
