import type { VapiError } from '../vapi/vapi.error';
import { AppError } from './app-error';

/**
 * A failure of Vapi's that is not about the client's input; `happened` says what became of the request. What concerns the operator's account
 * looks to the client like any other outage; the log tells them apart.
 */
export function upstreamUnavailable(error: VapiError, happened: string): AppError {
  const what =
    error.kind === 'rate_limited'
      ? 'The voice platform is receiving too many requests at the moment.'
      : 'The voice platform cannot be reached at the moment.';
  return new AppError('UPSTREAM_UNAVAILABLE', `${what} ${happened} Try again in a moment.`, {
    retryAfterSeconds: error.retryAfterSeconds,
    cause: error,
  });
}

/** What became of a creation that failed. */
export const notAdded = ({ mayHaveActed }: VapiError): string =>
  mayHaveActed
    ? 'It is not known whether anything was added; if it was, it will be taken back within minutes.'
    : 'Nothing was added.';

/** The answer to a removal that failed at Vapi. */
export function removalFailed(what: string, error: VapiError): AppError {
  if (error.mayHaveActed) {
    return upstreamUnavailable(
      error,
      `The ${what} is marked for removal, which will be finished as soon as possible.`,
    );
  }
  return error.kind === 'rejected'
    ? new AppError('PROVIDER_REJECTED', `Vapi did not remove this ${what}: ${error.messages.join(' ')}`, {
        cause: error,
      })
    : upstreamUnavailable(error, 'Nothing was changed.');
}

/** Vapi has lost what a row of ours stands for. */
export const noLongerThere = (what: string, cause: VapiError): AppError =>
  new AppError(
    'CONFLICT',
    `The voice platform no longer has this ${what}. Remove it here and create it again.`,
    {
      cause,
    },
  );

/** The answer to a retry that failed at Vapi. */
export const stillUnsettled = (what: string, error: VapiError): AppError =>
  error.kind === 'not_found'
    ? noLongerThere(what, error)
    : upstreamUnavailable(error, `The ${what} still needs attention.`);
