import { AUDIT_ACTION_IDS, AUDIT_ACTIONS, PERMISSIONS } from '@voxreach/contracts';
import german from '../../../i18n/de.json' with { type: 'json' };
import { anEntry } from '../../../testing/builders';
import { ACTION_GROUPS, actorWords, refusedWords, whatWords } from './audit-words';

describe('The words of the activity', () => {
  it('call everybody who can do something by what they are', () => {
    expect(actorWords({ type: 'user', id: '1', name: 'Dana' })).toBe('Dana');
    expect(actorWords({ type: 'api_key', id: '1', name: 'CI' })).toBe('API key “CI”');
    expect(actorWords({ type: 'system', id: null, name: null })).toBe('VoxReach');
    expect(actorWords({ type: 'anonymous', id: null, name: null })).toBe('Not signed in');
  });

  it('never say that something was done which was refused', () => {
    const refused = anEntry({ action: 'user.password', outcome: 'refused' });

    expect(whatWords(refused)).toBe('Refused: changed their password');
    expect(whatWords({ ...refused, action: 'request.refuse' })).toBe('Tried something that was refused');
  });

  it('offer each action once', () => {
    const offered = ACTION_GROUPS.flatMap(({ actions }) => actions.map(({ id }) => id));

    expect([...offered].sort()).toEqual([...AUDIT_ACTION_IDS].sort());
  });

  it('are known in the other languages, and those of permissions', () => {
    const words = [
      ...Object.values(AUDIT_ACTIONS),
      ...AUDIT_ACTION_IDS.map(refusedWords),
      ...Object.values(PERMISSIONS).map(({ label }) => label),
    ];

    expect(words.filter((text) => !(text in german))).toEqual([]);
  });
});
