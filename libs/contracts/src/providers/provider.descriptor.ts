import type { ImportPhoneNumberBody } from '../phone-numbers/import-phone-number.body';
import type { ClassOf } from '../validation/class-of';
import type { FieldPath } from '../validation/field-path';
import type { ProviderCard, ProviderId } from './provider-cards';
import type { CredentialProviderId } from './providers';

/** How an input is drawn and typed: `secret` is masked and forgotten after submit, a `choice` is one of its options. */
export type FieldKind = 'text' | 'secret' | 'host' | 'port' | 'number' | 'phone' | 'toggle' | 'choice';

/** What a form holds of a body so far, without what is empty. */
export type Entered<Value> = Value extends object ? { [Key in keyof Value]?: Entered<Value[Key]> } : Value;

/** One input of a provider's form. `path` is typed by the class that validates it. */
export interface InputField<Path extends string = string, Body extends object = object> {
  path: Path;
  label: string;
  kind: FieldKind;
  optional?: boolean;
  /** Name of the fold that this stands in with others that are rarely needed. It is closed at first. */
  fold?: string;
  /** Of a choice. The option of an empty value stands for leaving it out. */
  options?: readonly { value: string; label: string }[];
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
  /** What a toggle that nobody has touched stands for, by what is entered next to it. Without it: off. */
  untouched?(beside: Entered<Body>): boolean;
  /** What is worth saying of an entry that is accepted; the first that applies is said. */
  remarks?: readonly { text: string; applies(beside: Entered<Body>): boolean }[];
}

/** Inputs that are asked for only when they are switched on. Being there says something, even when all of them are left empty. */
export interface GroupField<Path extends string = string, Input extends InputField = InputField> {
  kind: 'group';
  path: Path;
  /** Of the switch. */
  label: string;
  help?: string;
  fold?: string;
  fields: readonly Input[];
}

/** The same inputs several times, at least once: a list in the body. */
export interface ListField<Path extends string = string, Input extends InputField = InputField> {
  kind: 'list';
  path: Path;
  most: number;
  /** Of one item; their paths begin there. */
  fields: readonly Input[];
  /** `{number}` is the place of an item, from 1. */
  words: { item: string; add: string; remove: string; removed: string; full: string };
}

/** A part of a provider's form. */
export type ProviderField = InputField | GroupField | ListField;

type InputOf<Body extends object> = InputField<FieldPath<Body>, Body>;

/** A list for each property of the body that is one. */
type ListOf<Body extends object> = {
  [Key in keyof Body & string]: NonNullable<Body[Key]> extends readonly (infer Item extends object)[]
    ? ListField<Key, InputOf<Item>>
    : never;
}[keyof Body & string];

type FieldOf<Body extends object> = InputOf<Body> | GroupField<FieldPath<Body>, InputOf<Body>> | ListOf<Body>;

/** The credentials of a carrier: how they are checked, and which inputs ask for them. */
export interface CredentialDescriptor<Id extends string, Body extends object> {
  provider: Id;
  body: ClassOf<Body>;
  fields: readonly FieldOf<Body>[];
  /** True when a saved credential can serve several imports. Vapi takes Twilio's only inline. */
  reusable: boolean;
}

/** Something that the client still has to do once the number is added. */
export interface NextStep {
  text: string;
  /** True for a call to the number, which nobody answers before an agent is assigned. */
  needsAgent?: true;
}

/** How most numbers are tried out. */
export const CALL_THE_NUMBER: NextStep = {
  text: 'Call the number and hear your agent answer.',
  needsAgent: true,
};

/** Everything that is said of a provider in one place; server and dashboard both read it. */
export interface ProviderDescriptor<
  Id extends string,
  CredentialId extends string,
  Credential extends object,
  Body extends ImportPhoneNumberBody,
> extends ProviderCard {
  id: Id;
  /** Absent where the client has nothing to enter. */
  credential: CredentialDescriptor<CredentialId, Credential> | null;
  /** The class that validates the whole import. */
  body: ClassOf<Body>;
  /** Inputs of the import besides the credentials. */
  fields: readonly InputOf<Body>[];
  /** What the import changes at the carrier; said before it is done. */
  changes: readonly string[];
  /** What the client still has to do afterwards. */
  nextSteps: readonly NextStep[];
}

/** Any descriptor, for code that treats all providers alike. */
export interface AnyProviderDescriptor extends ProviderCard {
  id: ProviderId;
  credential: {
    provider: CredentialProviderId;
    body: ClassOf<object>;
    fields: readonly ProviderField[];
    reusable: boolean;
  } | null;
  body: ClassOf<ImportPhoneNumberBody>;
  fields: readonly InputField[];
  changes: readonly string[];
  nextSteps: readonly NextStep[];
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

/** Every input of a form that is just opened, with its whole path: lists have one item, and groups are there. */
export const inputsOf = (fields: readonly ProviderField[]): InputField[] =>
  fields.flatMap((field) => {
    if (field.kind === 'group') return field.fields;
    if (field.kind !== 'list') return [field];
    return field.fields.map((input) => ({ ...input, path: `${field.path}.0.${input.path}` }));
  });
