import type { StoredObject } from '../store/stored.types';
import { type Check, optional } from '../validation/check';
import { object } from '../validation/shapes';
import { insist } from '../vapi-refusal';

const MAX_LIMIT = 1000;
const DEFAULT_LIMIT = 100;

const COMPARISONS = {
  Gt: (time: number, bound: number) => time > bound,
  Lt: (time: number, bound: number) => time < bound,
  Ge: (time: number, bound: number) => time >= bound,
  Le: (time: number, bound: number) => time <= bound,
};

const limit: Check = (value, path) => {
  if (typeof value !== 'string' || !/^-?\d+$/.test(value)) {
    return [`${path} must be a number conforming to the specified constraints`];
  }
  if (Number(value) < 0) return [`${path} must not be less than 0`];
  return Number(value) > MAX_LIMIT ? [`${path} must not be greater than ${MAX_LIMIT}`] : [];
};

const dateTime: Check = (value, path) =>
  typeof value === 'string' && !Number.isNaN(Date.parse(value))
    ? []
    : [`${path} must be a valid ISO 8601 date string`];

const FILTERS = (['createdAt', 'updatedAt'] as const).flatMap((field) =>
  Object.entries(COMPARISONS).map(([suffix, holds]) => ({ name: field + suffix, field, holds })),
);

const listQuery = object({
  limit: optional(limit),
  ...Object.fromEntries(FILTERS.map(({ name }) => [name, optional(dateTime)])),
});

/** The objects a list query asks for. There is no page token: clients page by `createdAtLt`. */
export function select<T extends StoredObject>(items: readonly T[], query: Record<string, unknown>): T[] {
  insist(listQuery, query);
  const asked = FILTERS.filter(({ name }) => query[name] !== undefined);
  return items
    .filter((item) =>
      asked.every(({ name, field, holds }) =>
        holds(Date.parse(item[field]), Date.parse(String(query[name]))),
      ),
    )
    .slice(0, Number(query['limit'] ?? DEFAULT_LIMIT));
}
