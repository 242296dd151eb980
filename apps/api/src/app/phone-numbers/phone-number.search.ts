import { Prisma } from '../../generated/prisma/client';
import { asOwner } from '../prisma/scope';
import { byIdStatement, foundIdsStatement, type PageOfNumbers } from './phone-number.list';
import type { PhoneNumberRow } from './phone-number.rows';

interface Found {
  id: string;
}

/**
 * One page of what a search finds, and one row more. Below a policy PostgreSQL finds rows by operators only that it knows to be harmless,
 * and ILIKE is none: an organisation with a million numbers would have them all read. So the ids are found as the owner of the tables,
 * through the index, and the rows are then read below the policies like all others: a wrong id shows nothing.
 */
export async function searchNumbers(
  tx: Prisma.TransactionClient,
  organizationId: string,
  page: PageOfNumbers,
  search: string,
): Promise<PhoneNumberRow[]> {
  const agents = await tx.$queryRaw<Found[]>`
    SELECT id FROM agents WHERE organization_id = ${organizationId}::uuid AND (${holds(AGENT_NAME, search)})`;
  const found = matches(
    search,
    agents.map(({ id }) => id),
  );
  const numbers = await asOwner(tx, () =>
    tx.$queryRaw<Found[]>(foundIdsStatement(organizationId, page, found)),
  );
  if (numbers.length === 0) return [];
  const ids = numbers.map(({ id }) => id);
  return tx.$queryRaw<PhoneNumberRow[]>(byIdStatement(organizationId, page, ids));
}

/** A text that is searched, and what words begin after in it, as patterns. */
interface SearchedText {
  column: Prisma.Sql;
  before: readonly string[];
}

const BEFORE_WORDS_OF_NAMES = ['', '% ', '%-'];
const NUMBER: SearchedText = { column: Prisma.sql`p.number`, before: ['', '+'] };
const SIP_URI: SearchedText = { column: Prisma.sql`p.sip_uri`, before: ['%:', '%@', '%.'] };
const NAME: SearchedText = { column: Prisma.sql`p.name`, before: BEFORE_WORDS_OF_NAMES };
const AGENT_NAME: SearchedText = { column: Prisma.sql`name`, before: BEFORE_WORDS_OF_NAMES };

/** Letters that the index keeps together. */
const LETTERS_OF_INDEX = 3;

/** Found in any of the texts, or with one of these agents; a number also when the search writes it with spaces or dashes. */
export function matches(search: string, agentIds: string[]): Prisma.Sql {
  const digits = /^[+\d\s().-]+$/.test(search) ? search.replace(/\D/g, '') : '';
  // Numbers are kept with a plus in front and nothing between their digits.
  const number = `${search.startsWith('+') ? '+' : '%'}${digits}%`;
  const ways = [
    digits.length < LETTERS_OF_INDEX ? holds(NUMBER, search) : Prisma.sql`${NUMBER.column} LIKE ${number}`,
    holds(SIP_URI, search),
    holds(NAME, search),
    // Only a way that can find something: the database would reckon with it.
    ...(agentIds.length === 0 ? [] : [Prisma.sql`p.agent_id = ANY(${agentIds}::uuid[])`]),
  ];
  return Prisma.sql`(${Prisma.join(ways, ' OR ')})`;
}

/**
 * Whether this text has the search in it. Fewer letters than the index keeps together are looked for where words begin, which it knows too: to find
 * them anywhere, all numbers would be read.
 */
function holds({ column, before }: SearchedText, search: string): Prisma.Sql {
  const isShort = search.length < LETTERS_OF_INDEX && /^[\p{L}\p{N}]/u.test(search);
  const text = search.replace(/[\\%_]/g, '\\$&');
  const ways = (isShort ? before : ['%']).map(
    (start) => Prisma.sql`${column} ${likeOf(text)} ${`${start}${text}%`}`,
  );
  return Prisma.join(ways, ' OR ');
}

/** What has no capitals, digits above all, is compared as it is: capitals aside takes the database five times as long. */
const likeOf = (text: string): Prisma.Sql =>
  text.toLowerCase() === text.toUpperCase() ? Prisma.sql`LIKE` : Prisma.sql`ILIKE`;
