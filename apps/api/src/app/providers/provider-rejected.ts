import { AppError } from '../common/app-error';
import type { VapiError } from '../vapi/vapi.error';
import { explainRefusal } from './explain-refusal';
import type { AnyProviderAdapter } from './registry';

/** Vapi's or the carrier's refusal of what the client sent, in the client's terms. */
export function providerRejected(error: VapiError, adapter: AnyProviderAdapter): AppError {
  const { detail, errors } = explainRefusal(error, adapter);
  return new AppError('PROVIDER_REJECTED', detail, {
    errors: errors.length > 0 ? errors : undefined,
    cause: error,
  });
}
