import type { ImportPhoneNumberBody } from '../phone-numbers/import-phone-number.body';
import type { ClassOf } from '../validation/class-of';
import type { FieldPath } from '../validation/field-path';
import type { CredentialProviderId, ProviderId } from './providers';

/** How a field is drawn and typed: `secret` is masked and forgotten after submit. */
export type FieldKind = 'text' | 'secret' | 'host' | 'port' | 'phone' | 'toggle';

/** One input of a provider's form. `path` is typed by the class that validates it. */
export interface ProviderField<Path extends string = string> {
  path: Path;
  label: string;
  kind: FieldKind;
  optional?: boolean;
  /**
   * Name of the way that this field belongs to, where one of several is enough, for example "API Key and API Secret". The fields of
   * all the ways stand next to each other; each is optional by itself.
   */
  either?: string;
  /** The field whose meaning this one settles. Where that is empty, this one says nothing and is left out. */
  qualifies?: Path;
  /** Shown under the field before any error: where to find the value, what it does. */
  help?: string;
  placeholder?: string;
  /** Filled in beforehand. */
  initial?: string | number | boolean;
}

/** The credentials of a carrier: how they are checked, and which inputs ask for them. */
export interface CredentialDescriptor<Id extends string, Body extends object> {
  provider: Id;
  body: ClassOf<Body>;
  fields: readonly ProviderField<FieldPath<Body>>[];
  /** True when a saved credential can serve several imports. Vapi takes Twilio's only inline. */
  reusable: boolean;
}

/** Everything that is said of a provider in one place; server and dashboard both read it. */
export interface ProviderDescriptor<
  Id extends string,
  CredentialId extends string,
  Credential extends object,
  Body extends ImportPhoneNumberBody,
> {
  id: Id;
  /** Name on the badge and the card. */
  label: string;
  /** The sentence on the card. */
  blurb: string;
  /** Which door it stands behind when a person chooses by situation. */
  situation: 'carrier' | 'trunk' | 'test';
  /** True when it is offered only where the operator allows it, whose own numbers it gives away. */
  onlyIfAllowed?: boolean;
  /** Absent where the client has nothing to enter. */
  credential: CredentialDescriptor<CredentialId, Credential> | null;
  /** The class that validates the whole import. */
  body: ClassOf<Body>;
  /** Inputs of the import besides the credentials. */
  fields: readonly ProviderField<FieldPath<Body>>[];
  /** What the import changes at the carrier; said before it is done. */
  changes: readonly string[];
  /** What the client still has to do afterwards. */
  nextSteps: readonly string[];
}

/** Any descriptor, for code that treats all providers alike. */
export interface AnyProviderDescriptor {
  id: ProviderId;
  label: string;
  blurb: string;
  situation: 'carrier' | 'trunk' | 'test';
  onlyIfAllowed?: boolean;
  credential: {
    provider: CredentialProviderId;
    body: ClassOf<object>;
    fields: readonly ProviderField[];
    reusable: boolean;
  } | null;
  body: ClassOf<ImportPhoneNumberBody>;
  fields: readonly ProviderField[];
  changes: readonly string[];
  nextSteps: readonly string[];
}

/** Keeps the literal types of a descriptor while checking every field path against its class. */
export const describeProvider = <
  const Id extends string,
  Body extends ImportPhoneNumberBody,
  // Without credentials there is nothing to infer these from.
  const CredentialId extends string = never,
  Credential extends object = never,
>(
  descriptor: ProviderDescriptor<Id, CredentialId, Credential, Body>,
): ProviderDescriptor<Id, CredentialId, Credential, Body> => descriptor;
