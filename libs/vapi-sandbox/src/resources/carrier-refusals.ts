import { isIPv4 } from 'node:net';
import { VapiRefusal } from '../vapi-refusal';
import type { StoredCredential, StoredPhoneNumber } from '../store/stored.types';

/**
 * What the carriers behind the sandbox refuse. There are none, so fixed rules stand in for them; a demo or a test
 * that needs a refusal types one of these:
 *
 * - a secret that contains `refused` is a wrong one;
 * - a number that ends in `0404` is not in the customer's account;
 * - a gateway whose host name ends in `.invalid`, or with the address 203.0.113.99, does not answer.
 *
 * The texts follow those that Vapi is known to give, as far as any is known.
 */
const WRONG_SECRET = /refused/i;
const FOREIGN_NUMBER = /0404$/;
const SILENT_HOST = /\.invalid$/i;
const SILENT_ADDRESS = '203.0.113.99';
const HOST_NAME = /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i;

type Fields = Readonly<Record<string, unknown>>;
interface Gateway {
  ip: string;
  inboundEnabled?: boolean;
}

const NUMBER_NOT_FOUND: Partial<Record<StoredPhoneNumber['provider'], string>> = {
  twilio: 'Number Not Found on Twilio',
  vonage: "Couldn't Update Vonage Number. Error: 404 Number not found in this account.",
  telnyx: "Couldn't Update Telnyx Number. Error: 404 Resource not found.",
};

/** Looks at the fields that an import or an update sends. */
export function refuseAtCarrier(provider: StoredPhoneNumber['provider'], sent: Fields): void {
  // Vapi ignores key and secret when there is a token.
  const login = sent['twilioAuthToken'] || [sent['twilioApiKey'], sent['twilioApiSecret']];
  if (WRONG_SECRET.test(String(login))) {
    throw new VapiRefusal(400, "Couldn't Validate Twilio Credentials. Error: 401 Authenticate.");
  }
  const notFound = NUMBER_NOT_FOUND[provider];
  if (notFound && FOREIGN_NUMBER.test(String(sent['number']))) throw new VapiRefusal(400, notFound);
}

/** Vonage and Telnyx keys are tried when they are saved, a trunk is set up; a Twilio credential is only stored. */
export function refuseCredentialAtCarrier(provider: StoredCredential['provider'], sent: Fields): void {
  if (provider === 'byo-sip-trunk') return refuseTrunk((sent['gateways'] ?? []) as Gateway[]);
  const tried = { vonage: 'Vonage', telnyx: 'Telnyx' }[provider as string];
  if (tried && WRONG_SECRET.test(`${sent['apiKey']} ${sent['apiSecret']}`)) {
    throw new VapiRefusal(400, `Couldn't Validate ${tried} Credential. Error: 401 Unauthorized.`);
  }
}

function refuseTrunk(gateways: readonly Gateway[]): void {
  const bad = gateways.some(({ ip, inboundEnabled }) => {
    if (isIPv4(ip)) return ip === SILENT_ADDRESS;
    // Inbound calls are matched by source address, so a host name does for outbound calls only.
    return inboundEnabled !== false || !HOST_NAME.test(ip) || SILENT_HOST.test(ip);
  });
  if (bad) {
    throw new VapiRefusal(400, "Couldn't validate SIP trunk credential. SIP gateway creation failed.");
  }
}
