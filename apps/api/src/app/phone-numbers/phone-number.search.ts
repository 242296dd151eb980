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
  const pattern = contains(search);
  const agents = await tx.$queryRaw<Found[]>`
    SELECT id FROM agents WHERE organization_id = ${organizationId}::uuid AND name ILIKE ${pattern}`;
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

/** Found in any of the texts, or with one of these agents; digits are also found in a number that is written with spaces or dashes. */
export function matches(search: string, agentIds: string[]): Prisma.Sql {
  const pattern = contains(search);
  const digits = /^[+\d\s().-]+$/.test(search) ? search.replace(/\D/g, '') : '';
  const ways = [
    Prisma.sql`p.number ILIKE ${pattern}`,
    Prisma.sql`p.sip_uri ILIKE ${pattern}`,
    Prisma.sql`p.name ILIKE ${pattern}`,
    // Only a way that can find something: the database would reckon with it.
    ...(agentIds.length === 0 ? [] : [Prisma.sql`p.agent_id = ANY(${agentIds}::uuid[])`]),
    ...(digits === '' || digits === search ? [] : [Prisma.sql`p.number LIKE ${contains(digits)}`]),
  ];
  return Prisma.sql`(${Prisma.join(ways, ' OR ')})`;
}

const contains = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`;
