import type { StoredObject } from './stored.types';

/** The stored objects of one kind. `changed` runs after every change, `refresh` before an object is read. */
export class Collection<T extends StoredObject> {
  private items = new Map<string, T>();

  constructor(
    private readonly changed: () => void,
    private readonly refresh: (item: T) => T = (item) => item,
  ) {}

  /** Newest first. */
  all(): T[] {
    return [...this.items.values()]
      .map(this.refresh)
      .sort((one, other) => other.createdAt.localeCompare(one.createdAt));
  }

  find(id: string | undefined): T | undefined {
    const item = id === undefined ? undefined : this.items.get(id);
    return item && this.refresh(item);
  }

  put(item: T): T {
    this.items.set(item.id, item);
    this.changed();
    return item;
  }

  remove(id: string): void {
    this.items.delete(id);
    this.changed();
  }

  /** Replaces everything, without telling `changed`. */
  load(items: readonly T[]): void {
    this.items = new Map(items.map((item) => [item.id, item]));
  }
}
