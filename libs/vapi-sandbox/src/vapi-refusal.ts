import { STATUS_CODES } from 'node:http';
import type { Check } from './validation/check';

/** An answer other than success, in Vapi's shape: one sentence, or a list with a text for each rejected field. */
export class VapiRefusal extends Error {
  constructor(
    readonly status: number,
    readonly reason: string | string[],
  ) {
    super(String(reason));
  }

  get body(): object {
    return { message: this.reason, error: STATUS_CODES[this.status], statusCode: this.status };
  }
}

/** Refuses what a check finds fault with. */
export function insist(check: Check, value: unknown, path = ''): void {
  const wrong = check(value, path);
  if (wrong.length > 0) throw new VapiRefusal(400, wrong);
}
