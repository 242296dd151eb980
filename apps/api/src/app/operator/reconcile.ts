import { runJob } from '../jobs/run-job';
import type { ClaimTable } from '../prisma/claim';
import { RECOVER } from '../recovery/recover.job';
import type { Command } from './command';
import type { Operator } from './operator';
import { tableOfThings, thingsToSettle } from './unsettled';

/** How long it waits for recovery, in milliseconds. */
const PATIENCE_MS = 60_000;

const TABLES: readonly ClaimTable[] = ['phone_numbers', 'credentials', 'agents'];

/** For when Vapi is well again, and nobody wants to wait for the next try. */
export const reconcile: Command = {
  summary: 'Has recovery try now what it has put off for later.',
  notes:
    'It is the running server that does it. What was tried within the last minute or so comes up again by itself. Ends with 1 when something is left.',
  values: [],
  async run(operator) {
    const { database, terminal } = operator;
    const due = await makeDue(operator);
    terminal.say(due === 0 ? 'Nothing had been put off for long.' : `Due now: ${due}.`);
    if (!(await database.hasServer())) {
      terminal.say('No server is running. Recovery will run when the next one starts.');
      return 0;
    }
    terminal.say('A running server is settling it.');
    const outcome = await runJob(database.ownerPool, RECOVER, {}, PATIENCE_MS);
    if (outcome === 'running') terminal.say('It has not come to an end within a minute, and goes on.');
    if (outcome === 'failed')
      terminal.say('Recovery failed as a whole. The log of the server has the cause.');
    const left = await thingsToSettle(database.ownerPool);
    terminal.say(
      left.length === 0 ? 'Nothing is left.' : `Left, and tried again later:\n${tableOfThings(left)}`,
    );
    return left.length === 0 && outcome === 'completed' ? 0 : 1;
  },
};

async function makeDue({ claims }: Operator): Promise<number> {
  let count = 0;
  for (const table of TABLES) count += await claims.makePutOffDue(table);
  return count;
}
