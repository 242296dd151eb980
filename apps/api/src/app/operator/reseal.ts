import type { User } from '../../generated/prisma/client';
import type { Renewal, SealedPurpose, SealingService } from '../auth/sealing.service';
import { asIdentity } from '../prisma/scope';
import type { Command } from './command';
import type { Operator } from './operator';

/** People who are read at a time. */
const PEOPLE_AT_A_TIME = 200;

/** Where what is sealed for each purpose is kept. */
const COLUMN_OF = {
  passwordHashes: 'passwordHash',
  secondFactors: 'totpSecret',
} as const satisfies Record<SealedPurpose, keyof User>;

const PURPOSES = Object.keys(COLUMN_OF) as SealedPurpose[];

type Person = Pick<User, 'id' | (typeof COLUMN_OF)[SealedPurpose]>;

type Counts = Record<SealedPurpose, number>;

/** How many values were renewed, and so on. */
type Tally = Record<Renewal['outcome'], Counts>;

/** The step of replacing JWT_SECRET after which nothing that lasts needs the one of before. */
export const reseal: Command = {
  summary: 'Seals passwords and second factors anew with JWT_SECRET, after it was replaced.',
  notes: [
    'JWT_SECRET_PREVIOUS is the secret of before; without it, what earlier versions kept otherwise is sealed. Run this once every server makes things with the new one: what a server seals with the one of before afterwards is not renewed.',
    'The servers may go on running, and it may be run again. Ends with 1 when something cannot be opened with either secret.',
  ].join('\n'),
  values: [],
  async run(operator) {
    const { config, terminal } = operator;
    const { renewed, current, unreadable } = await resealAll(operator);
    terminal.say(`Sealed anew with JWT_SECRET: ${inWords(renewed)}.`);
    terminal.say(`Were sealed with it already: ${inWords(current)}.`);
    if (PURPOSES.some((purpose) => unreadable[purpose] > 0)) {
      terminal.say(
        `Neither secret opens: ${inWords(unreadable)}. If JWT_SECRET_PREVIOUS is not the secret of before, set that one and run this again. Otherwise these people cannot sign in until "reset-password"; the log of the server names them when they try.`,
      );
      return 1;
    }
    if (config.keys.previous === undefined) return 0;
    terminal.say(
      'JWT_SECRET_PREVIOUS can be removed. Best when the new JWT_SECRET has been in use for 24 hours: access tokens of the one before live for 15 minutes, and browsers renew them; requests that are repeated with their Idempotency-Key are known for 24 hours, and refused if it goes earlier.',
    );
    return 0;
  },
};

/** In the order of their ids: who comes meanwhile is sealed with the present secret anyway. */
async function resealAll({ prisma, sealing }: Operator): Promise<Tally> {
  const tally: Tally = { renewed: none(), current: none(), unreadable: none() };
  await asIdentity(async () => {
    for (let last: string | undefined = undefined, people: Person[]; ; last = people.at(-1)?.id) {
      people = await prisma.user.findMany({
        where: last === undefined ? {} : { id: { gt: last } },
        select: { id: true, passwordHash: true, totpSecret: true },
        orderBy: { id: 'asc' },
        take: PEOPLE_AT_A_TIME,
      });
      if (people.length === 0) return;
      for (const person of people)
        for (const purpose of PURPOSES) {
          const outcome = await renew(prisma, sealing, person, purpose);
          if (outcome !== undefined) tally[outcome][purpose]++;
        }
    }
  });
  return tally;
}

/** Undefined when there is nothing sealed. */
async function renew(
  prisma: Operator['prisma'],
  sealing: SealingService,
  person: Person,
  purpose: SealedPurpose,
): Promise<Renewal['outcome'] | undefined> {
  const column = COLUMN_OF[purpose];
  const { id, [column]: sealed } = person;
  if (sealed === null) return undefined;
  const renewal = sealing.renew(purpose, id, sealed);
  if (renewal.outcome !== 'renewed') return renewal.outcome;
  // What the person has changed meanwhile stands, and was sealed by a server with the present secret.
  const { count } = await prisma.user.updateMany({
    where: { id, [column]: sealed },
    data: { [column]: renewal.sealed },
  });
  return count === 0 ? 'current' : 'renewed';
}

const none = (): Counts => ({ passwordHashes: 0, secondFactors: 0 });

const inWords = ({ passwordHashes, secondFactors }: Counts): string =>
  `${passwordHashes} passwords, ${secondFactors} second factors`;
