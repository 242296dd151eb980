import { randomUUID } from 'node:crypto';
import { insist, VapiRefusal } from '../vapi-refusal';
import type { Collection } from '../store/collection';
import type { Store } from '../store/store';
import type { CredentialProvider, StoredCredential } from '../store/stored.types';
import { isObject } from '../validation/check';
import { credentialPatch, newCredential } from '../validation/credential.bodies';
import { refuseCredentialAtCarrier } from './carrier-refusals';
import type { Resource } from './resource';

/** Fields of each provider that go in and never come out. */
const WRITE_ONLY: Partial<Record<CredentialProvider, readonly string[]>> = {
  twilio: ['authToken', 'apiKey', 'apiSecret'],
  vonage: ['apiSecret'],
  telnyx: ['apiKey'],
};

/** `/credential`: telephony and webhook credentials. */
export class Credentials implements Resource<StoredCredential> {
  readonly noun = 'Credential';
  readonly items: Collection<StoredCredential>;

  constructor(private readonly store: Store) {
    this.items = store.credentials;
  }

  create(body: unknown): StoredCredential {
    insist(newCredential, body);
    const draft = body as Pick<StoredCredential, 'provider'>;
    refuseCredentialAtCarrier(draft.provider, draft);
    // Vapi makes an application in the customer's Vonage account.
    const own = draft.provider === 'vonage' ? { vonageApplicationId: randomUUID() } : {};
    return this.items.put({ ...draft, ...own, ...this.store.newObject() });
  }

  update(current: StoredCredential, body: unknown): StoredCredential {
    insist(credentialPatch(current.provider), body);
    const patch = body as Partial<StoredCredential>;
    refuseCredentialAtCarrier(current.provider, patch);
    return this.items.put({ ...current, ...patch, updatedAt: this.store.now() });
  }

  /** Whether Vapi refuses this for a credential in use is documented nowhere; refusing is the case that costs a client more. */
  remove(current: StoredCredential): void {
    const user = this.store.phoneNumbers
      .all()
      .find(({ credentialId, server }) => [credentialId, server?.credentialId].includes(current.id));
    if (user) {
      throw new VapiRefusal(
        400,
        `Couldn't Delete Credential. Phone Number ${user.id} Uses Credential ${current.id}.`,
      );
    }
    this.items.remove(current.id);
  }

  present(item: StoredCredential): object {
    const shown: Record<string, unknown> = { ...item };
    for (const field of WRITE_ONLY[item.provider] ?? []) Reflect.deleteProperty(shown, field);
    const plan = shown['outboundAuthenticationPlan'];
    if (isObject(plan)) shown['outboundAuthenticationPlan'] = { ...plan, authPassword: undefined };
    // The schema requires the session of an OAuth2 plan of every webhook credential.
    return 'authenticationPlan' in item ? { ...shown, authenticationSession: {} } : shown;
  }
}
