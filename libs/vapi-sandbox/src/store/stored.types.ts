/** What Vapi adds to everything it stores. */
export interface StoredObject {
  id: string;
  orgId: string;
  /** ISO 8601, as are all times. */
  createdAt: string;
  updatedAt: string;
}

export type PhoneNumberProvider = 'twilio' | 'vonage' | 'telnyx' | 'byo-phone-number' | 'vapi';

/** Where Vapi posts a number's webhooks. */
export interface StoredServer {
  url?: string;
  credentialId?: string;
  headers?: Record<string, string>;
  timeoutSeconds?: number;
  [field: string]: unknown;
}

export interface StoredPhoneNumber extends StoredObject {
  provider: PhoneNumberProvider;
  status: 'active' | 'activating' | 'blocked';
  number?: string;
  numberE164CheckEnabled?: boolean;
  sipUri?: string;
  name?: string;
  credentialId?: string;
  assistantId?: string;
  server?: StoredServer;
  fallbackDestination?: { type: string; [field: string]: unknown };
  twilioAccountSid?: string;
  twilioAuthToken?: string;
  twilioApiKey?: string;
  twilioApiSecret?: string;
  [field: string]: unknown;
}

export type CredentialProvider =
  'twilio' | 'vonage' | 'telnyx' | 'byo-sip-trunk' | 'webhook' | 'custom-credential';

export interface StoredCredential extends StoredObject {
  provider: CredentialProvider;
  name?: string;
  [field: string]: unknown;
}

export interface StoredAssistant extends StoredObject {
  name?: string;
  [field: string]: unknown;
}

/** Everything a Vapi account holds, as far as the sandbox goes. */
export interface State {
  phoneNumbers: StoredPhoneNumber[];
  credentials: StoredCredential[];
  assistants: StoredAssistant[];
}
