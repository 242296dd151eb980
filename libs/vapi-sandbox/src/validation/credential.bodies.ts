import type { CredentialProvider } from '../store/stored.types';
import { type Check, flag, numeric, oneOf, optional, type Shape, text } from './check';
import { listOf, object, partial, variants } from './shapes';

const name = optional(text({ min: 1, max: 40 }));

const gateway = object({
  ip: text(),
  port: optional(numeric(1, 65535)),
  netmask: optional(numeric(24, 32)),
  inboundEnabled: optional(flag),
  outboundEnabled: optional(flag),
  outboundProtocol: optional(oneOf('tls/srtp', 'tcp', 'tls', 'udp')),
  optionsPingEnabled: optional(flag),
});

const outboundAuthenticationPlan = object({
  authUsername: optional(text()),
  authPassword: optional(text()),
  sipRegisterPlan: optional(
    object({ domain: optional(text()), username: optional(text()), realm: optional(text()) }),
  ),
});

const authenticationPlan = variants('type', {
  bearer: { token: text(), headerName: optional(text()), bearerPrefixEnabled: optional(flag) },
  oauth2: {
    url: text(),
    clientId: text(),
    clientSecret: text(),
    scope: optional(text({ max: 1000 })),
  },
  hmac: {
    secretKey: text(),
    algorithm: oneOf('sha256', 'sha512', 'sha1'),
    signatureHeader: optional(text()),
    timestampHeader: optional(text()),
    signaturePrefix: optional(text()),
    includeTimestamp: optional(flag),
    payloadFormat: optional(text()),
    messageIdHeader: optional(text()),
    signatureEncoding: optional(oneOf('hex', 'base64')),
    secretIsBase64: optional(flag),
  },
});

const encryptionPlan = object({
  type: oneOf('public-key'),
  algorithm: oneOf('RSA-OAEP-256'),
  publicKey: object({ format: oneOf('spki-pem'), pem: text(), name: optional(text({ max: 100 })) }),
});

const FIELDS: Readonly<Record<CredentialProvider, Shape>> = {
  twilio: {
    name,
    accountSid: text(),
    authToken: optional(text()),
    apiKey: optional(text()),
    apiSecret: optional(text()),
  },
  vonage: { name, apiKey: text(), apiSecret: text() },
  telnyx: { name, apiKey: text() },
  'byo-sip-trunk': {
    name,
    gateways: listOf(gateway),
    outboundAuthenticationPlan: optional(outboundAuthenticationPlan),
    outboundLeadingPlusEnabled: optional(flag),
    techPrefix: optional(text({ max: 10_000 })),
    sipDiversionHeader: optional(text({ max: 10_000 })),
  },
  webhook: { name, authenticationPlan },
  'custom-credential': { name, authenticationPlan, encryptionPlan: optional(encryptionPlan) },
};

/** The body of POST /credential. */
export const newCredential = variants('provider', FIELDS);

/** The body of PATCH /credential/:id. */
export function credentialPatch(provider: CredentialProvider): Check {
  return object({ ...partial(FIELDS[provider]), provider: optional(oneOf(provider)) });
}
