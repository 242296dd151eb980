import type { FieldError } from '@voxreach/contracts';
import type { VapiError } from '../vapi/vapi.error';
import type { AnyProviderAdapter } from './registry';

/** A refusal in the client's terms. */
export interface ExplainedRefusal {
  detail: string;
  errors: FieldError[];
}

/**
 * Vapi's sentences as something the client can act on: known ones in our words, each at the field it is about, and
 * always with the (scrubbed) original, which a carrier's support may ask for.
 */
export function explainRefusal(error: VapiError, adapter: AnyProviderAdapter): ExplainedRefusal {
  const explained = error.messages.map((message) => explain(message, adapter));
  const sentences = explained.map(({ known, original }) =>
    known === undefined ? original : `${known} (Answer of Vapi: ${original})`,
  );
  return {
    detail:
      sentences.join(' ') || 'Vapi refused this request and gave no reason. Check the fields and try again.',
    errors: explained.flatMap(({ path, known, original }) =>
      path === undefined ? [] : [{ path, message: known ?? original }],
    ),
  };
}

function explain(original: string, adapter: AnyProviderAdapter) {
  const refusal = adapter.knownRefusals.find(({ pattern }) => pattern.test(original));
  return { original, known: refusal?.message, path: refusal?.path ?? pathIn(original, adapter.fieldPaths) };
}

/** Vapi's validation begins each sentence with the field: `number must be a valid phone number …`. */
function pathIn(message: string, fieldPaths: AnyProviderAdapter['fieldPaths']): string | undefined {
  const [field = ''] = /^[\w.]+/.exec(message) ?? [];
  const [first = '', ...rest] = field.split('.');
  const path = Object.hasOwn(fieldPaths, first) ? fieldPaths[first] : undefined;
  return path === undefined ? undefined : [path, ...rest].join('.');
}
