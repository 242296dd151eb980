import { newId, UUID } from './uuid';

const timeOf = (id: string): number => Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16);

describe('a new id', () => {
  it('is a UUID of version 7, of this moment', () => {
    const before = Date.now();
    const id = newId();
    expect(id).toMatch(UUID);
    expect(id).toMatch(/^.{14}7.{4}[89ab]/);
    expect(timeOf(id)).toBeGreaterThanOrEqual(before);
  });

  it('comes after all that were made before, also many in one millisecond', () => {
    const ids = Array.from({ length: 20_000 }, newId);
    expect(ids.toSorted()).toEqual(ids);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
