import type { CredentialProviderId, ImportBodyOf, ProviderId } from '@voxreach/contracts';
import type { CreateCredentialPayload, ProviderPhoneNumberFields } from '../vapi/vapi.payloads';

/** A refusal of Vapi's or a carrier's that is known, in words that help. */
export interface KnownRefusal {
  /** Matched loosely: Vapi promises no wording. */
  pattern: RegExp;
  /** The field of our request that it is about. */
  path?: string;
  /** What happened and what to do. */
  message: string;
}

/** The credentials of a provider, as they stand in an import or in `POST /api/credentials`. */
export type CredentialOf<Id extends ProviderId> =
  ImportBodyOf<Id> extends { credential?: infer Credential } ? NonNullable<Credential> : never;

/**
 * Maps one provider to Vapi's payloads: pure functions, no I/O. Keys whose value is undefined are not sent. Everything else that there is to say of a provider stands
 * in its descriptor (contracts).
 */
export interface ProviderAdapter<Id extends ProviderId> {
  /** The body of `POST /credential`; `name` holds 40 characters. */
  toCredential?(credential: CredentialOf<Id>, name: string): CreateCredentialPayload;
  /** The provider's part of `POST /phone-number`. `vapiCredentialId` is given when the provider's credentials are reusable. */
  toPhoneNumber(body: ImportBodyOf<Id>, vapiCredentialId: string | undefined): ProviderPhoneNumberFields;
  /** Where a client's carrier sends calls, for numbers that arrive over the client's own trunk. */
  sipAddress?(number: AddressedNumber, vapiCredentialId: string, sipHost: string): string;
  /** Names of Vapi's fields that differ from ours, for its refusals: Vapi's name to our dotted path. */
  fieldPaths: Readonly<Record<string, string>>;
  knownRefusals: readonly KnownRefusal[];
}

/** How a number is reached: one of the two is set. */
export interface AddressedNumber {
  number: string | null;
  sipUri: string | null;
}

/** A credential that two-step flows cannot go without. */
export function required(vapiCredentialId: string | undefined, provider: CredentialProviderId): string {
  if (vapiCredentialId === undefined) throw new Error(`A number needs a ${provider} credential of Vapi's`);
  return vapiCredentialId;
}
