import {
  BrokenCircuitError,
  bulkhead,
  BulkheadRejectedError,
  circuitBreaker,
  handleWhen,
  SamplingBreaker,
  wrap,
} from 'cockatiel';
import { VapiError } from './vapi.error';

/**
 * Requests to Vapi at a time, so that a slow one does not take all connections and memory. None waits for its turn: the lease of the row that it is
 * about covers the request alone, and recovery must not look before it has been sent.
 */
const AT_A_TIME = 200;

/** When half of the requests of this time fail, and there are enough of them to tell, none is sent for a while. In milliseconds. */
const WATCHED_MS = 10_000;
const FEWEST_A_SECOND = 5;
const PAUSE_MS = 10_000;

/** What tells of an outage; a refusal is an answer like any other. */
const OUTAGES: readonly string[] = ['failed', 'timeout', 'network', 'malformed'];

/**
 * Keeps a Vapi that is down from taking this process with it: what cannot succeed is refused at once, with nothing sent.
 * @throws VapiError `suspended`, besides what `send` throws
 */
export class Protection {
  private readonly policy = wrap(
    bulkhead(AT_A_TIME),
    circuitBreaker(
      handleWhen((error) => error instanceof VapiError && OUTAGES.includes(error.kind)),
      {
        halfOpenAfter: PAUSE_MS,
        breaker: new SamplingBreaker({
          threshold: 0.5,
          duration: WATCHED_MS,
          minimumRps: FEWEST_A_SECOND,
        }),
      },
    ),
  );

  async run<T>(operation: string, send: () => Promise<T>): Promise<T> {
    try {
      return await this.policy.execute(send);
    } catch (error) {
      const isRefusal = error instanceof BrokenCircuitError || error instanceof BulkheadRejectedError;
      if (!isRefusal) throw error;
      throw new VapiError({
        kind: 'suspended',
        operation,
        retryAfterSeconds: PAUSE_MS / 1_000,
        mayHaveActed: false,
      });
    }
  }
}
