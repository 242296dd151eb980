import { Transform } from 'class-transformer';

const lists = new WeakMap<object, readonly object[]>();

/** On a list of objects: lets the rules of each look at the others. Not on a list of more than `most`, which is refused as a whole. */
export const KnowsItsList = (most: number): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) => {
    const items: unknown[] = Array.isArray(value) && value.length <= most ? value : [];
    const objects = items.filter((item) => typeof item === 'object' && item !== null);
    for (const item of objects) lists.set(item, objects);
    return value;
  });

/** What stands before an object in its list. */
export function thoseBefore<Item extends object>(item: Item): Item[] {
  const list = (lists.get(item) ?? []) as Item[];
  return list.slice(0, Math.max(0, list.indexOf(item)));
}
