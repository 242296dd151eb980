import { VapiRefusal } from '../vapi-refusal';
import type { Store } from '../store/store';
import type { CredentialProvider, PhoneNumberProvider, StoredPhoneNumber } from '../store/stored.types';

const CREDENTIAL_OF: Partial<Record<PhoneNumberProvider, CredentialProvider>> = {
  vonage: 'vonage',
  telnyx: 'telnyx',
  'byo-phone-number': 'byo-sip-trunk',
};

const WEBHOOK_CREDENTIALS: readonly string[] = ['webhook', 'custom-credential'];

/** A number as it would be stored, before Vapi has given it its own fields. */
export type Draft = Partial<StoredPhoneNumber> & Pick<StoredPhoneNumber, 'provider'>;

/** Everything that a number refers to exists and is of the right kind. */
export function refuseBadReferences(store: Store, draft: Draft): void {
  const { assistantId, credentialId, server } = draft;
  if (assistantId && !store.assistants.find(assistantId)) {
    throw new VapiRefusal(400, `Couldn't Find Assistant. assistantId ${assistantId} Does Not Exist.`);
  }
  if (credentialId) {
    const provider = store.credentials.find(credentialId)?.provider;
    if (!provider) throw missingCredential('credentialId', credentialId);
    const wanted = CREDENTIAL_OF[draft.provider];
    if (provider !== wanted) {
      throw new VapiRefusal(400, `Credential ${credentialId} Is For ${provider}. Expected ${wanted}.`);
    }
  }
  if (server?.credentialId) {
    const provider = store.credentials.find(server.credentialId)?.provider;
    if (!provider) throw missingCredential('server.credentialId', server.credentialId);
    if (!WEBHOOK_CREDENTIALS.includes(provider)) {
      throw new VapiRefusal(400, `server.credentialId ${server.credentialId} Is Not A Webhook Credential.`);
    }
  }
}

/**
 * One number or SIP address once in the account, whoever has it. That it is refused is known from a public
 * integration; the text is in Vapi's style and tells the id of the other object, which clients must not pass on.
 */
export function refuseDuplicate(store: Store, draft: Partial<StoredPhoneNumber>): void {
  for (const field of ['number', 'sipUri'] as const) {
    const value = draft[field]?.toLowerCase();
    if (value === undefined) continue;
    const other = store.phoneNumbers
      .all()
      .find((item) => item.id !== draft.id && item[field]?.toLowerCase() === value);
    if (other) {
      throw new VapiRefusal(
        400,
        `Existing Phone Number ${other.id} Has Identical \`${field}\` ${other[field]}`,
      );
    }
  }
}

/** By schema an import with the SID alone passes; in practice Vapi needs one of the two logins. */
export function refuseWithoutTwilioLogin(draft: Draft): void {
  if (draft.provider !== 'twilio' || draft.twilioAuthToken) return;
  if (draft.twilioApiKey && draft.twilioApiSecret) return;
  throw new VapiRefusal(
    400,
    "Couldn't Validate Twilio Credentials. `twilioAuthToken`, Or `twilioApiKey` And `twilioApiSecret`, Is Required.",
  );
}

function missingCredential(field: string, id: string): VapiRefusal {
  return new VapiRefusal(400, `Couldn't Find Credential. ${field} ${id} Does Not Exist.`);
}
