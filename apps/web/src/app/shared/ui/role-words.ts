import type { Role } from '@voxreach/contracts';
import type { Sentence } from '../../core/i18n/sentences';
import { t } from '../../core/i18n/translate';

const WORDS: Record<Role, { word: Sentence; meaning: Sentence }> = {
  owner: { word: 'Owner', meaning: 'Everything, including other owners.' },
  admin: { word: 'Admin', meaning: 'Numbers, agents, credentials, people and API keys.' },
  member: { word: 'Member', meaning: 'Numbers and agents, with the credentials that are saved.' },
  viewer: { word: 'Viewer', meaning: 'Sees numbers, agents and people, and changes nothing.' },
};

export const roleWord = (role: Role): string => t(WORDS[role].word);

/** What a role is for, as one sentence. */
export const roleMeaning = (role: Role): string => t(WORDS[role].meaning);
