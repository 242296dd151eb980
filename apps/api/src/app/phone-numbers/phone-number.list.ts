import {
  type ListPhoneNumbersQuery,
  PHONE_NUMBER_STATUSES,
  type PhoneNumberSort,
  type PhoneNumberStatus,
} from '@voxreach/contracts';
import { Prisma } from '../../generated/prisma/client';
import { type Cursor, encodeCursor } from '../common/page';
import { IS_VISIBLE, PHONE_NUMBER_ROWS, type PhoneNumberRow } from './phone-number.rows';

/** One way to sort: the indexed expression, its direction, and its value on a row. */
interface SortOrder {
  expression: Prisma.Sql;
  descending: boolean;
  /** The type of the expression, for the value out of a cursor. */
  type: Prisma.Sql;
  valueOf: (row: PhoneNumberRow) => string;
}

const CREATED_AT = {
  expression: Prisma.sql`p.created_at`,
  type: Prisma.sql`timestamptz`,
  valueOf: (row: PhoneNumberRow) => row.createdAt.toISOString(),
};

const SORT_ORDERS: Record<PhoneNumberSort, SortOrder> = {
  createdAt: { ...CREATED_AT, descending: false },
  '-createdAt': { ...CREATED_AT, descending: true },
  number: {
    // Not coalesce: below a policy its index would go unused.
    expression: Prisma.sql`CASE WHEN p.number IS NOT NULL THEN p.number WHEN p.sip_uri IS NOT NULL THEN p.sip_uri ELSE '' END`,
    type: Prisma.sql`text`,
    descending: false,
    valueOf: (row) => row.number ?? row.sipUri ?? '',
  },
  name: {
    expression: Prisma.sql`p.name`,
    type: Prisma.sql`text`,
    descending: false,
    valueOf: (row) => row.name,
  },
};

/** One page of an organisation's numbers: which, in which order, and from where on. */
export interface PageOfNumbers {
  query: ListPhoneNumbersQuery;
  sort: PhoneNumberSort;
  cursor: Cursor | undefined;
  limit: number;
}

/** The statement for one page and one row more, which tells whether there is another page; of a query without a search. */
export function listStatement(organizationId: string, page: PageOfNumbers): Prisma.Sql {
  return Prisma.sql`${PHONE_NUMBER_ROWS} WHERE ${conditions(organizationId, page)} ${inOrder(page)}`;
}

/** The statement for the ids of the same page, of the numbers that are `found`. */
export function foundIdsStatement(
  organizationId: string,
  page: PageOfNumbers,
  found: Prisma.Sql,
): Prisma.Sql {
  return Prisma.sql`SELECT p.id FROM phone_numbers p
    WHERE ${conditions(organizationId, page)} AND ${found} ${inOrder(page)}`;
}

/** The statement for the numbers with these ids, in the order of the page. */
export function byIdStatement(organizationId: string, page: PageOfNumbers, ids: string[]): Prisma.Sql {
  return Prisma.sql`${PHONE_NUMBER_ROWS}
    WHERE p.organization_id = ${organizationId}::uuid AND p.id = ANY(${ids}::uuid[]) ${inOrder(page)}`;
}

export const cursorOf = (row: PhoneNumberRow, sort: PhoneNumberSort): string =>
  encodeCursor({ sort, value: SORT_ORDERS[sort].valueOf(row), id: row.id });

/**
 * The limit is part of the text: of a parameter PostgreSQL expects a tenth of all rows, and would rather plan anew each time than keep a plan
 * for those.
 */
function inOrder({ sort, limit }: PageOfNumbers): Prisma.Sql {
  const { expression, descending } = SORT_ORDERS[sort];
  const direction = descending ? Prisma.sql`DESC` : Prisma.sql`ASC`;
  return Prisma.sql`ORDER BY ${expression} ${direction}, p.id ${direction} LIMIT ${Prisma.raw(String(limit + 1))}`;
}

function conditions(organizationId: string, { query, sort, cursor }: PageOfNumbers): Prisma.Sql {
  const { provider, status, agentId } = query;
  const all = [
    Prisma.sql`p.organization_id = ${organizationId}::uuid`,
    IS_VISIBLE,
    ...(provider === undefined ? [] : [Prisma.sql`p.provider = ${provider}`]),
    ...(status === undefined ? [] : [withStatus(status)]),
    ...(agentId === undefined ? [] : [Prisma.sql`p.agent_id = ${agentId}::uuid`]),
    ...after(SORT_ORDERS[sort], cursor),
  ];
  return Prisma.join(all, ' AND ');
}

/**
 * Written into the text, where it can be one of four only: of a parameter PostgreSQL could not tell which it is, and that the index of those with
 * this status has them all.
 */
const withStatus = (status: PhoneNumberStatus): Prisma.Sql =>
  Prisma.sql`p.status = ${Prisma.raw(`'${PHONE_NUMBER_STATUSES[PHONE_NUMBER_STATUSES.indexOf(status)]}'`)}::phone_number_status`;

function after({ expression, descending, type }: SortOrder, cursor: Cursor | undefined): Prisma.Sql[] {
  if (cursor === undefined) return [];
  const comparison = descending ? Prisma.sql`<` : Prisma.sql`>`;
  return [Prisma.sql`(${expression}, p.id) ${comparison} (${cursor.value}::${type}, ${cursor.id}::uuid)`];
}
