import { insist } from '../vapi-refusal';
import type { Collection } from '../store/collection';
import type { Store } from '../store/store';
import type { StoredAssistant } from '../store/stored.types';
import { assistantBody } from '../validation/assistant.body';
import type { Resource } from './resource';

/** `/assistant`: what is sent is kept, whether known here or not. */
export class Assistants implements Resource<StoredAssistant> {
  readonly noun = 'Assistant';
  readonly items: Collection<StoredAssistant>;

  constructor(private readonly store: Store) {
    this.items = store.assistants;
  }

  create(body: unknown): StoredAssistant {
    insist(assistantBody, body);
    return this.items.put({ ...(body as object), ...this.store.newObject() });
  }

  update(current: StoredAssistant, body: unknown): StoredAssistant {
    insist(assistantBody, body);
    const { id, orgId, createdAt } = current;
    const updatedAt = this.store.now();
    return this.items.put({ ...current, ...(body as object), id, orgId, createdAt, updatedAt });
  }

  /** One that numbers use may go as well; the numbers stay, without it. */
  remove(current: StoredAssistant): void {
    for (const number of this.store.phoneNumbers.all()) {
      if (number.assistantId !== current.id) continue;
      const left = { ...number };
      delete left.assistantId;
      this.store.phoneNumbers.put(left);
    }
    this.items.remove(current.id);
  }

  present(item: StoredAssistant): object {
    return item;
  }
}
