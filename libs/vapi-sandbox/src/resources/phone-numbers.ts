import { randomUUID } from 'node:crypto';
import { insist } from '../vapi-refusal';
import type { Collection } from '../store/collection';
import type { Store } from '../store/store';
import type { StoredPhoneNumber } from '../store/stored.types';
import { optional } from '../validation/check';
import { numberOf } from '../validation/dialled-number.check';
import { newPhoneNumber, phoneNumberPatch } from '../validation/phone-number.bodies';
import { refuseAtCarrier } from './carrier-refusals';
import { assignFreeNumber, refuseBeyondLimit } from './free-numbers';
import {
  type Draft,
  refuseBadReferences,
  refuseDuplicate,
  refuseWithoutTwilioLogin,
} from './phone-number-rules';
import type { Resource } from './resource';

const CLEARABLE = ['assistantId', 'fallbackDestination'];

/** `/phone-number`: all five providers. */
export class PhoneNumbers implements Resource<StoredPhoneNumber> {
  readonly noun = 'Phone Number';
  readonly items: Collection<StoredPhoneNumber>;

  constructor(
    private readonly store: Store,
    private readonly activationMs: number,
    private readonly limit: number,
  ) {
    this.items = store.phoneNumbers;
  }

  create(body: unknown): StoredPhoneNumber {
    insist(newPhoneNumber, body);
    const draft = body as Draft;
    refuseWithoutTwilioLogin(draft);
    this.refuse(draft, draft);
    return this.items.put({
      ...draft,
      ...this.ownFields(draft),
      ...this.store.newObject(),
      status: this.activationMs > 0 ? 'activating' : 'active',
    });
  }

  update(current: StoredPhoneNumber, body: unknown): StoredPhoneNumber {
    insist(phoneNumberPatch(current.provider), body);
    const patch = body as Partial<StoredPhoneNumber>;
    const next: StoredPhoneNumber = { ...current, ...patch, updatedAt: this.store.now() };
    for (const field of CLEARABLE) if (next[field] === null) Reflect.deleteProperty(next, field);
    this.refuse(next, patch);
    return this.items.put(next);
  }

  remove(current: StoredPhoneNumber): void {
    this.items.remove(current.id);
  }

  /** Nothing is left out: Vapi gives Twilio's secrets back, and a client has to strip them. */
  present(item: StoredPhoneNumber): object {
    return item;
  }

  /** Looks at what is sent only: what else the number holds was in order once, or is not this client's doing. */
  private refuse(next: Draft, sent: Partial<StoredPhoneNumber>): void {
    const { id, provider } = next;
    if (provider === 'byo-phone-number' && ('number' in sent || 'numberE164CheckEnabled' in sent)) {
      insist(optional(numberOf(next)), next.number, 'number');
    }
    refuseBadReferences(this.store, { ...sent, provider });
    refuseDuplicate(this.store, { ...sent, id });
    refuseAtCarrier(provider, sent);
  }

  /** What Vapi adds for the provider, beyond what every object gets. */
  private ownFields(draft: Draft): Partial<StoredPhoneNumber> {
    // Seen on real BYO numbers, in no schema: clients must bear fields they do not know.
    if (draft.provider === 'byo-phone-number') return { providerResourceId: randomUUID() };
    if (draft.provider !== 'vapi') return {};
    refuseBeyondLimit(this.store, this.limit);
    // A number that is only a SIP address has no telephone number.
    return draft.sipUri ? {} : { number: assignFreeNumber(this.store, draft['numberDesiredAreaCode']) };
  }
}
