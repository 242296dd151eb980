import type { VapiError } from '../vapi/vapi.error';
import { AppError } from './app-error';

/**
 * A failure of Vapi's that is not about the client's input. What concerns the operator's account looks to the client like
 * any other outage; the log tells them apart.
 */
export function upstreamUnavailable(error: VapiError, happened = 'Nothing was changed.'): AppError {
  const what =
    error.kind === 'rate_limited'
      ? 'The voice platform is receiving too many requests at the moment.'
      : 'The voice platform cannot be reached at the moment.';
  return new AppError('UPSTREAM_UNAVAILABLE', `${what} ${happened} Try again in a moment.`, {
    retryAfterSeconds: error.retryAfterSeconds,
    cause: error,
  });
}
