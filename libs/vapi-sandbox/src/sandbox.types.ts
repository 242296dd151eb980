import type { Fault } from './http/faults';
import type { RecordedRequest } from './http/request-log';
import type { State, StoredPhoneNumber } from './store/stored.types';
import type { WebhookMessage, WebhookReply } from './webhook/send-webhook';

export interface VapiSandboxOptions {
  /** The only bearer token accepted; every other one gets Vapi's 401. */
  apiKey: string;
  /** Default 0: any free port. Always bound to 127.0.0.1. */
  port?: number;
  /** When set, state is loaded from and saved to this file, secrets left out. */
  stateFile?: string;
  /** Milliseconds a new number stays `activating`. Default 4000; 0 makes it active at once. */
  activationMs?: number;
  /** How many free numbers (provider `vapi`) the account may hold. Default 5. */
  phoneNumberLimit?: number;
}

/** A running local Vapi. */
export interface VapiSandbox {
  readonly url: string;
  /** The requests received, oldest first; the last ten thousand. */
  readonly requests: readonly RecordedRequest[];
  /** Deep copies of what "Vapi" holds now, newest first, the operator's objects and all secrets included. */
  snapshot(): State;
  /** The ids of what the operator keeps for itself, which no client may ever see. */
  readonly operatorIds: { phoneNumberId: string; credentialId: string; assistantId: string };
  /** E.164 of the operator's internal number. */
  readonly operatorNumber: string;
  /** Makes matching requests go wrong; returns a function that ends it. */
  inject(fault: Fault): () => void;
  clearFaults(): void;
  clearRequests(): void;
  /** Back to the operator's objects only, with no faults and no recorded requests. */
  reset(): void;
  /** Changes a number behind the client's back. A field given as undefined is removed. Throws on an unknown id. */
  patchPhoneNumber(id: string, patch: Partial<StoredPhoneNumber>): void;
  /** Removes a number behind the client's back. Throws on an unknown id. */
  removePhoneNumber(id: string): void;
  /** Posts a webhook message as Vapi would, to the number's `server.url`. Throws when the number has none. */
  sendWebhook(phoneNumberId: string, message: WebhookMessage): Promise<WebhookReply>;
  /** Stops the server; requests left hanging are cut. */
  close(): Promise<void>;
}
