import type { Store } from '../store/store';
import type { StoredServer } from '../store/stored.types';
import { isObject } from '../validation/check';

/** A server message; `type` is one of Vapi's, such as `status-update`. */
export interface WebhookMessage {
  type: string;
  [key: string]: unknown;
}

export interface WebhookReply {
  status: number;
  /** Parsed JSON, or the text when it is none. */
  body: unknown;
}

const DEFAULT_TIMEOUT_SECONDS = 20;

/** Posts a message about a call on this number, with the fields every message of Vapi's has. */
export async function sendWebhook(
  store: Store,
  phoneNumberId: string,
  message: WebhookMessage,
): Promise<WebhookReply> {
  const phoneNumber = store.phoneNumbers.find(phoneNumberId);
  const server = phoneNumber?.server;
  if (!phoneNumber || !server?.url) throw new Error(`Phone number ${phoneNumberId} has no server URL`);
  const call = { phoneNumberId, orgId: phoneNumber.orgId, type: 'inboundPhoneCall' };
  const response = await fetch(server.url, {
    method: 'POST',
    headers: headersOf(store, server),
    body: JSON.stringify({
      message: {
        timestamp: Date.now(),
        // Twilio's secrets are in here too, as in Vapi's own messages.
        phoneNumber,
        ...message,
        call: isObject(message['call']) ? { ...call, ...message['call'] } : call,
      },
    }),
    signal: AbortSignal.timeout((server.timeoutSeconds ?? DEFAULT_TIMEOUT_SECONDS) * 1000),
  });
  return { status: response.status, body: parsed(await response.text()) };
}

/** After a restart the token of a credential is gone; the message then goes without it. */
function headersOf(store: Store, server: StoredServer): Headers {
  const headers = new Headers({ 'content-type': 'application/json' });
  const plan = store.credentials.find(server.credentialId)?.['authenticationPlan'];
  if (isObject(plan)) {
    const { type, token, headerName = 'Authorization', bearerPrefixEnabled = true } = plan;
    if (type !== 'bearer') throw new Error('The sandbox authenticates webhooks by a bearer plan only');
    if (token) headers.set(String(headerName), bearerPrefixEnabled ? `Bearer ${token}` : String(token));
  }
  // An Authorization header of the server object beats the credential.
  for (const [name, value] of Object.entries(server.headers ?? {})) headers.set(name, value);
  return headers;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
