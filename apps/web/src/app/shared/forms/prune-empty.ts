const NOTHING_KEPT: ReadonlySet<string> = new Set();

/**
 * What a form holds, without what was left empty: texts of no length, `undefined`, and objects and lists that hold
 * nothing else. `null` stays, it says "clear this". Places in a list keep their index, since refused fields are named
 * by it.
 */
export function pruneEmpty<T extends object>(value: T, keep = NOTHING_KEPT): Partial<T> {
  return (prune(value, keep, '') ?? {}) as Partial<T>;
}

function prune(value: unknown, keep: ReadonlySet<string>, path: string): unknown {
  if (value === '' || value === undefined) return undefined;
  if (typeof value !== 'object' || value === null) return value;
  const inside = (key: string | number) => (path === '' ? `${key}` : `${path}.${key}`);
  if (Array.isArray(value)) {
    const items = value.map((item, index) => prune(item, keep, inside(index)));
    return keep.has(path) || items.some((item) => item !== undefined)
      ? items.map((item) => item ?? {})
      : undefined;
  }
  const entries = Object.entries(value)
    .map(([key, item]) => [key, prune(item, keep, inside(key))] as const)
    .filter(([, item]) => item !== undefined);
  return keep.has(path) || entries.length > 0 ? Object.fromEntries(entries) : undefined;
}
