import { randomUUID } from 'node:crypto';
import { Collection } from './collection';
import { operatorState, OPERATOR_ORG_ID } from './operator';
import { readState, writeState } from './state-file';
import type {
  State,
  StoredAssistant,
  StoredCredential,
  StoredObject,
  StoredPhoneNumber,
} from './stored.types';

/** What the sandbox's Vapi account holds, in memory and, without secrets, in the state file. */
export class Store {
  private readonly save = (): void => {
    if (this.stateFile) writeState(this.stateFile, this.state());
  };
  private lastStamp = 0;
  /** Numbers whose status was set from outside: it stays as it was set. */
  private readonly pinned = new Set<string>();

  readonly phoneNumbers = new Collection<StoredPhoneNumber>(this.save, (number) => this.activated(number));
  readonly credentials = new Collection<StoredCredential>(this.save);
  readonly assistants = new Collection<StoredAssistant>(this.save);

  constructor(
    private readonly activationMs: number,
    private readonly stateFile?: string,
  ) {
    this.load((stateFile && readState(stateFile)) || operatorState());
  }

  /** Id, organisation and times of a new object. */
  newObject(): StoredObject {
    const now = this.now();
    return { id: randomUUID(), orgId: OPERATOR_ORG_ID, createdAt: now, updatedAt: now };
  }

  /** No two stamps are equal, so that `createdAtLt` pages through a list without losing an object. */
  now(): string {
    this.lastStamp = Math.max(Date.now(), this.lastStamp + 1);
    return new Date(this.lastStamp).toISOString();
  }

  state(): State {
    return structuredClone({
      phoneNumbers: this.phoneNumbers.all(),
      credentials: this.credentials.all(),
      assistants: this.assistants.all(),
    });
  }

  /** Changes a number without the rules that a request has to keep. */
  override(number: StoredPhoneNumber, patch: Partial<StoredPhoneNumber>): void {
    if (patch.status) this.pinned.add(number.id);
    this.phoneNumbers.put({ ...number, ...structuredClone(patch) });
  }

  reset(): void {
    this.pinned.clear();
    this.load(operatorState());
    this.save();
  }

  private load(state: State): void {
    this.phoneNumbers.load(state.phoneNumbers);
    this.credentials.load(state.credentials);
    this.assistants.load(state.assistants);
    const stamps = Object.values(state)
      .flat()
      .flatMap(({ createdAt, updatedAt }: StoredObject) => [Date.parse(createdAt), Date.parse(updatedAt)]);
    this.lastStamp = Math.max(0, ...stamps);
  }

  /** Worked out on reading rather than by a timer: nothing to cancel, and a restart does not lose it. */
  private activated(number: StoredPhoneNumber): StoredPhoneNumber {
    if (this.pinned.has(number.id)) return number;
    const due = Date.parse(number.createdAt) + this.activationMs <= Date.now();
    return number.status === 'activating' && due ? { ...number, status: 'active' } : number;
  }
}
