import { setTimeout as sleep } from 'node:timers/promises';
import { isObject } from '../validation/check';
import type { FaultKind } from './faults';
import { VapiRefusal } from '../vapi-refusal';

export interface Answer {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
}

/** What happens to a request in the end: it is answered, or left hanging, or its socket is cut. */
export type Outcome = Answer | 'hang' | 'cut';

/** Carries out the request as the fault lets it. Once `closing`, nothing that still waits takes effect. */
export async function outcomeOf(
  fault: FaultKind | undefined,
  work: () => Answer,
  closing: AbortSignal,
): Promise<Outcome> {
  switch (fault?.kind) {
    case undefined:
      return work();
    case 'delay':
      await sleep(fault.ms, undefined, { signal: closing }).catch(() => undefined);
      return closing.aborted ? 'cut' : work();
    case 'status':
      return failure(fault.status, fault.message, fault.headers);
    case 'status-after':
      work();
      return failure(fault.status, fault.message);
    case 'hang':
      return 'hang';
    case 'hang-after':
      work();
      return 'hang';
    case 'reset':
      return 'cut';
    case 'reset-after':
      work();
      return 'cut';
    case 'garbage':
      return garbled(work());
    case 'missing-id':
      return withoutId(work());
  }
}

/** An error in Vapi's shape. */
export function refusalAnswer(refusal: VapiRefusal): Answer {
  return { status: refusal.status, body: refusal.body };
}

function failure(
  status: number,
  message: string | string[] = 'Injected Fault',
  headers?: Record<string, string>,
): Answer {
  return { ...refusalAnswer(new VapiRefusal(status, message)), headers };
}

function garbled({ status, body }: Answer): Answer {
  if (status >= 300) return { status, body };
  return { status, body: '<!doctype html><h1>It works</h1>', headers: { 'content-type': 'text/html' } };
}

function withoutId({ status, body }: Answer): Answer {
  return { status, body: isObject(body) ? { ...body, id: undefined } : body };
}
