import type { CredentialProviderId, ImportPhoneNumberBody, ProviderId } from '@voxreach/contracts';
import { providerOfCredential } from '@voxreach/contracts';
import type { CreateCredentialPayload, ProviderPhoneNumberFields } from '../vapi/vapi.payloads';
import type { AddressedNumber, KnownRefusal, ProviderAdapter } from './adapter';
import { byoSipAdapter } from './byo-sip/byo-sip.adapter';
import { telnyxAdapter } from './telnyx/telnyx.adapter';
import { twilioAdapter } from './twilio/twilio.adapter';
import { vapiAdapter } from './vapi/vapi.adapter';
import { vonageAdapter } from './vonage/vonage.adapter';

/** Every provider's adapter. One that is missing does not compile. */
const ADAPTERS: { readonly [Id in ProviderId]: ProviderAdapter<Id> } = {
  twilio: twilioAdapter,
  vonage: vonageAdapter,
  telnyx: telnyxAdapter,
  'byo-phone-number': byoSipAdapter,
  vapi: vapiAdapter,
};

/** Any adapter, for code that treats all providers alike. Bodies have been validated by their own provider's class. */
export interface AnyProviderAdapter {
  toCredential?(credential: object, name: string): CreateCredentialPayload;
  toPhoneNumber(body: ImportPhoneNumberBody, vapiCredentialId: string | undefined): ProviderPhoneNumberFields;
  sipAddress?(number: AddressedNumber, vapiCredentialId: string, sipHost: string): string;
  fieldPaths: Readonly<Record<string, string>>;
  knownRefusals: readonly KnownRefusal[];
}

export const adapterOf = (id: ProviderId): AnyProviderAdapter => ADAPTERS[id];

export const adapterOfCredential = (id: CredentialProviderId): AnyProviderAdapter =>
  adapterOf(providerOfCredential(id).id);
