import type { Collection } from '../store/collection';
import type { StoredObject } from '../store/stored.types';

/** One of Vapi's three collections, behind the five routes that all of them have. */
export interface Resource<T extends StoredObject> {
  /** As a 404 names one of them. */
  readonly noun: string;
  readonly items: Collection<T>;
  create(body: unknown): T;
  update(current: T, body: unknown): T;
  remove(current: T): void;
  /** What an answer shows of it. */
  present(item: T): object;
}
