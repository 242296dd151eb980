import { VapiError } from './vapi.error';

/**
 * Creates an object at Vapi. When the outcome is unknown, looks for what the create may have made and adopts it. The error that is
 * thrown otherwise says whether something may still be there: not when Vapi has answered and the look found nothing.
 *
 * @throws VapiError
 */
export async function createOrFind<T>(
  create: () => Promise<T>,
  find: () => Promise<T | undefined>,
): Promise<T> {
  try {
    return await create();
  } catch (error) {
    if (!(error instanceof VapiError) || !error.mayHaveActed) throw error;
    let found: T | undefined;
    try {
      found = await find();
    } catch {
      throw error;
    }
    if (found !== undefined) return found;
    // A request without an answer may take effect later than the look.
    throw error.kind === 'timeout' || error.kind === 'network' ? error : error.withoutEffect();
  }
}
