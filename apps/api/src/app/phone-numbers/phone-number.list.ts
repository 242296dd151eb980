import type { ListPhoneNumbersQuery, PhoneNumberSort } from '@voxreach/contracts';
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

/**
 * The statement for one page and one row more, which tells whether there is another page. The limit is part of the text: of a parameter
 * PostgreSQL expects a tenth of all rows, and would rather plan anew each time than keep a plan for those.
 */
export function listStatement(
  organizationId: string,
  query: ListPhoneNumbersQuery,
  sort: PhoneNumberSort,
  cursor: Cursor | undefined,
  limit: number,
): Prisma.Sql {
  const order = SORT_ORDERS[sort];
  const direction = order.descending ? Prisma.sql`DESC` : Prisma.sql`ASC`;
  return Prisma.sql`${PHONE_NUMBER_ROWS}
    WHERE ${Prisma.join([...conditions(organizationId, query), ...after(order, cursor)], ' AND ')}
    ORDER BY ${order.expression} ${direction}, p.id ${direction}
    LIMIT ${Prisma.raw(String(limit + 1))}`;
}

export const cursorOf = (row: PhoneNumberRow, sort: PhoneNumberSort): string =>
  encodeCursor({ sort, value: SORT_ORDERS[sort].valueOf(row), id: row.id });

function conditions(organizationId: string, query: ListPhoneNumbersQuery): Prisma.Sql[] {
  const { provider, status, agentId, search } = query;
  return [
    Prisma.sql`p.organization_id = ${organizationId}::uuid`,
    IS_VISIBLE,
    ...(provider === undefined ? [] : [Prisma.sql`p.provider = ${provider}`]),
    ...(status === undefined ? [] : [Prisma.sql`p.status = ${status}::phone_number_status`]),
    ...(agentId === undefined ? [] : [Prisma.sql`p.agent_id = ${agentId}::uuid`]),
    ...(search ? [matches(search)] : []),
  ];
}

/** Found in any of the texts; digits are also found in a number that is written with spaces or dashes. */
function matches(search: string): Prisma.Sql {
  const contains = (text: string) => `%${text.replace(/[\\%_]/g, '\\$&')}%`;
  const pattern = contains(search);
  const digits = /^[+\d\s().-]+$/.test(search) ? search.replace(/\D/g, '') : '';
  return Prisma.sql`(p.number ILIKE ${pattern} OR p.sip_uri ILIKE ${pattern} OR p.name ILIKE ${pattern} OR a.name ILIKE ${pattern}
    ${digits === '' ? Prisma.empty : Prisma.sql`OR p.number LIKE ${contains(digits)}`})`;
}

function after({ expression, descending, type }: SortOrder, cursor: Cursor | undefined): Prisma.Sql[] {
  if (cursor === undefined) return [];
  const comparison = descending ? Prisma.sql`<` : Prisma.sql`>`;
  return [Prisma.sql`(${expression}, p.id) ${comparison} (${cursor.value}::${type}, ${cursor.id}::uuid)`];
}
