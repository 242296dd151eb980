import { anyObject, flag, numeric, oneOf, optional, text, uuid } from './check';
import { listOf, object } from './shapes';

const backoffPlan = object({
  type: oneOf('fixed', 'exponential'),
  maxRetries: numeric(0, 10),
  baseDelaySeconds: numeric(0, 10),
  excludedStatusCodes: optional(listOf(numeric())),
});

/** The `server` of a number or an assistant. It has no `secret`: that left Vapi's schema. */
export const server = object({
  url: optional(text()),
  credentialId: optional(uuid),
  timeoutSeconds: optional(numeric(1, 300)),
  headers: optional(anyObject),
  staticIpAddressesEnabled: optional(flag),
  encryptedPaths: optional(listOf(text())),
  backoffPlan: optional(backoffPlan),
});
