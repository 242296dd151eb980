import { type InputField, isUnreachableFromInternet } from '@voxreach/contracts';
import type { Sentence } from '../../../core/i18n/sentences';

const PRIVATE: Sentence =
  'This address is private: Vapi cannot reach it over the internet. Use it only if you know that it is forwarded.';

/** What is worth saying of a value that is accepted as it is, in English; `beside` is what stands with it in its group. */
export function remarkOn({ kind, remarks }: InputField, value: string, beside: object): string | null {
  if (kind === 'host' && isUnreachableFromInternet(value.trim())) return PRIVATE;
  return remarks?.find(({ applies }) => applies(beside))?.text ?? null;
}
