import type { Vapi } from '@vapi-ai/server-sdk';

/*
 * What is sent to Vapi, in the types of its official SDK: a payload that those refuse does not compile.
 * Where the SDK has no type, or is narrower than what Vapi documents elsewhere, it is said here.
 */

/** Body of `POST /phone-number`. Names hold 40 characters. */
export type CreatePhoneNumberPayload = Vapi.CreatePhoneNumbersRequest;

/** The part of a number's body that is the same for every provider; the rest is the adapters' work. */
export type CommonPhoneNumberFields = Pick<
  Vapi.CreateTwilioPhoneNumberDto,
  'name' | 'assistantId' | 'server' | 'fallbackDestination'
>;

type WithoutCommon<T> = T extends unknown ? Omit<T, keyof CommonPhoneNumberFields> : never;

/** The part that a provider's adapter makes. */
export type ProviderPhoneNumberFields = WithoutCommon<CreatePhoneNumberPayload>;

type Nullable<T, Keys extends keyof T> = Omit<T, Keys> & { [Key in Keys]?: T[Key] | null };

/**
 * Body of `PATCH /phone-number/:id`. `null` clears; the SDK's types lack it, Vapi's SIP guide sends it, and the
 * callers check it by reading back. `provider` selects the schema and is always sent.
 */
export type UpdatePhoneNumberPayload = Nullable<
  Pick<Vapi.UpdatePhoneNumbersRequestBody.Twilio, 'name' | 'assistantId' | 'fallbackDestination'>,
  'assistantId' | 'fallbackDestination'
> & { provider: Vapi.UpdatePhoneNumbersRequestBody['provider'] };

/** `POST /credential` is outside the SDK; its bodies are, except Telnyx's, which Vapi has never published. */
export type CreateCredentialPayload =
  | ({ provider: 'twilio' } & Vapi.CreateTwilioCredentialDto)
  | ({ provider: 'vonage' } & Vapi.CreateVonageCredentialDto)
  | { provider: 'telnyx'; apiKey: string; name?: string }
  | ({ provider: 'byo-sip-trunk' } & Vapi.CreateByoSipTrunkCredentialDto)
  | ({ provider: 'webhook' } & Vapi.CreateWebhookCredentialDto);

/** Body of `PATCH /credential/:id`, as far as it is used: the operator's webhook credential. */
export type UpdateCredentialPayload = { provider: 'webhook' } & Vapi.UpdateWebhookCredentialDto;

/** Body of `POST /assistant`. The model's provider is configuration, so it is a plain text here. */
export interface CreateAssistantPayload extends Pick<Vapi.CreateAssistantDto, 'name' | 'firstMessage'> {
  name: string;
  model: AssistantModel;
  /** The mark by which an assistant is known to be ours: our row's id. */
  metadata: { voxreachId: string };
}

/** Body of `PATCH /assistant/:id`; `model` is replaced whole. */
export type UpdateAssistantPayload = Pick<Vapi.UpdateAssistantDto, 'name' | 'firstMessage'> & {
  model?: AssistantModel;
};

/** Where an assistant's instructions stand; other settings that Vapi holds are kept as they are. */
export interface AssistantModel {
  provider: string;
  model: string;
  messages?: { role: string; content?: string }[];
  [setting: string]: unknown;
}
