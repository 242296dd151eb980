/**
 * How a call to Vapi failed:
 * - `rejected`: Vapi, or the carrier behind it, refused what was sent (400, 409, 422, other 4xx)
 * - `not_found`: no such object at Vapi (404)
 * - `account`: the operator's key, wallet or rights (401, 402, 403); never the client's business
 * - `rate_limited`: 429
 * - `failed`: 5xx
 * - `timeout`, `network`: no answer
 * - `suspended`: not sent, since Vapi fails too much at the moment, too many requests are under way already, or whoever it is for has waited too
 *   long
 * - `malformed`: a success whose body cannot be used (no JSON, no id)
 */
export type VapiErrorKind =
  | 'rejected'
  | 'not_found'
  | 'account'
  | 'rate_limited'
  | 'failed'
  | 'timeout'
  | 'network'
  | 'suspended'
  | 'malformed';

interface VapiErrorDetails {
  kind: VapiErrorKind;
  /** For example `POST /phone-number`. */
  operation: string;
  status?: number;
  /** Vapi's own sentences, scrubbed of secrets and ids. Empty when there was no usable body. */
  messages?: readonly string[];
  /** From Retry-After, in seconds. */
  retryAfterSeconds?: number | undefined;
  /** False when the request certainly had no effect at Vapi. */
  mayHaveActed: boolean;
}

/** The one error that leaves the Vapi module: an allow-list of facts, never headers or bodies. */
export class VapiError extends Error {
  readonly kind: VapiErrorKind;
  readonly operation: string;
  readonly status: number | undefined;
  readonly messages: readonly string[];
  readonly retryAfterSeconds: number | undefined;
  readonly mayHaveActed: boolean;

  constructor(details: VapiErrorDetails) {
    const { kind, operation, status, messages = [], retryAfterSeconds, mayHaveActed } = details;
    super(
      `${operation}: ${kind}${status === undefined ? '' : ` (${status})`}${messages.map((m) => `: ${m}`).join('')}`,
    );
    this.name = 'VapiError';
    this.kind = kind;
    this.operation = operation;
    this.status = status;
    this.messages = messages;
    this.retryAfterSeconds = retryAfterSeconds;
    this.mayHaveActed = mayHaveActed;
  }

  /** The same failure, once a look has shown that it had no effect. */
  withoutEffect(): VapiError {
    return new VapiError({ ...this, mayHaveActed: false });
  }

  /** The same failure, after an earlier request of the same change has had its effect. */
  afterEffect(): VapiError {
    return new VapiError({ ...this, mayHaveActed: true });
  }

  /** True for a passing fault, after which the same read or delete may succeed. */
  get isTransient(): boolean {
    return ['rate_limited', 'failed', 'timeout', 'network', 'malformed'].includes(this.kind);
  }
}
