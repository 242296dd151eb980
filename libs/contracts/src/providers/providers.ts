import type { ImportPhoneNumberBody } from '../phone-numbers/import-phone-number.body';
import { byoSip } from './byo-sip';
import type { ProviderId } from './provider-cards';
import type { AnyProviderDescriptor } from './provider.descriptor';
import { telnyx } from './telnyx';
import { twilio } from './twilio';
import { vapi } from './vapi';
import { vonage } from './vonage';

const DESCRIBED = { twilio, vonage, telnyx, 'byo-phone-number': byoSip, vapi } satisfies {
  [Id in ProviderId]: { id: Id };
};

type Described = (typeof DESCRIBED)[ProviderId];
type DescribedCredential = NonNullable<Described['credential']>;

/** The kinds of credentials that can be saved, in Vapi's own words. */
export type CredentialProviderId = DescribedCredential['provider'];

export const CREDENTIAL_PROVIDER_IDS: readonly CredentialProviderId[] = Object.values(DESCRIBED).flatMap(
  ({ credential }) => (credential === null ? [] : [credential.provider]),
);

/** Every provider, described once. */
export const PROVIDERS = DESCRIBED as Readonly<Record<ProviderId, AnyProviderDescriptor>>;

/** The body that imports a number of this provider. */
export type ImportBodyOf<Id extends ProviderId> = InstanceType<Extract<Described, { id: Id }>['body']>;

/** What the import bodies hold between them, for code that treats all providers alike. */
export interface AnyImportBody extends Omit<ImportPhoneNumberBody, 'provider'> {
  provider: ProviderId;
  number?: string;
  sipUri?: string;
  credentialId?: string;
  credential?: object;
}

/** The provider whose numbers use this kind of credential. */
export const providerOfCredential = (id: CredentialProviderId): AnyProviderDescriptor => {
  const found = Object.values(PROVIDERS).find(({ credential }) => credential?.provider === id);
  if (found === undefined) throw new Error(`No provider is described for credentials of ${id}`);
  return found;
};
