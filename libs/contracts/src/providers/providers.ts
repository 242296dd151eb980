import type { ImportPhoneNumberBody } from '../phone-numbers/import-phone-number.body';
import { byoSip } from './byo-sip';
import type { AnyProviderDescriptor } from './provider.descriptor';
import type { CredentialProviderId, ProviderId } from './provider-id';
import { telnyx } from './telnyx';
import { twilio } from './twilio';
import { vapi } from './vapi';
import { vonage } from './vonage';

const registry = {
  twilio,
  vonage,
  telnyx,
  'byo-phone-number': byoSip,
  vapi,
} satisfies { [Id in ProviderId]: { id: Id } };

type Registry = typeof registry;

/** Every provider, described once. A provider that is missing here does not compile. */
export const PROVIDERS: Readonly<Record<ProviderId, AnyProviderDescriptor>> = registry;

/** The body that imports a number of this provider. */
export type ImportBodyOf<Id extends ProviderId> = InstanceType<Registry[Id]['body']>;

/** What the import bodies hold between them, for code that treats all providers alike. */
export interface AnyImportBody extends ImportPhoneNumberBody {
  number?: string;
  sipUri?: string;
  credentialId?: string;
  credential?: object;
}

type DescribedCredential = {
  [Id in ProviderId]: NonNullable<Registry[Id]['credential']>;
}[ProviderId];

/** The credential fields of this kind of credential, as they stand in a request. */
export type CredentialBodyOf<Id extends CredentialProviderId> = InstanceType<
  Extract<DescribedCredential, { provider: Id }>['body']
>;

export const isProviderId = (value: unknown): value is ProviderId =>
  typeof value === 'string' && Object.hasOwn(PROVIDERS, value);

/** The provider whose numbers use this kind of credential. */
export const providerOfCredential = (id: CredentialProviderId): AnyProviderDescriptor => {
  const found = Object.values(PROVIDERS).find(({ credential }) => credential?.provider === id);
  if (found === undefined) throw new Error(`No provider is described for credentials of ${id}`);
  return found;
};
