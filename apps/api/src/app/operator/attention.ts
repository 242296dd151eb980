import type { Command } from './command';
import { tableOfThings, thingsToAttend } from './unsettled';

/** What the dashboards of all organisations show as needing attention. */
export const attention: Command = {
  summary: 'Lists the numbers, agents and credentials of all organisations that need attention.',
  notes: 'Their organisation can try again or remove them; "reconcile" tries all of them at once.',
  values: [],
  options: { json: { about: 'As JSON, for programs.' } },
  async run({ database, terminal }, { switches }) {
    const list = await thingsToAttend(database.ownerPool);
    if (switches.has('json')) terminal.say(JSON.stringify(list, null, 2));
    else terminal.say(list.length === 0 ? 'Nothing needs attention.' : tableOfThings(list));
    return 0;
  },
};
