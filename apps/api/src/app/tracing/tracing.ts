import { AsyncLocalStorage } from 'node:async_hooks';
import {
  type Context,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
  type Tracer,
} from '@opentelemetry/api';

/**
 * All that a span may say: which operation, how it ended, and whose it was, by id. Never a body, a header, a name, a number, a statement's
 * text, or an address as it was asked for. Named as OpenTelemetry does where it has a name.
 */
export interface Facts {
  'http.request.method'?: string;
  'http.route'?: string;
  'http.response.status_code'?: number;
  /** A request of ours to somebody else: its path without ids. */
  'url.template'?: string;
  'peer.service'?: 'vapi';
  'db.system.name'?: 'postgresql';
  'db.operation.name'?: string;
  /** The class of what was thrown, or the status of a failure; never its message. */
  'error.type'?: string;
  'voxreach.request.id'?: string;
  'voxreach.organization.id'?: string;
  'voxreach.user.id'?: string;
  'voxreach.api_key.id'?: string;
  'voxreach.vapi.outcome'?: string;
  'voxreach.job.kind'?: string;
}

export interface Step {
  name: string;
  kind: SpanKind;
  facts?: Facts;
}

/** Undefined while tracing is off: then nothing below does more than the work itself. */
let tracer: Tracer | undefined;

/** Our own and not OpenTelemetry's global one: libraries that would write spans of their own, with texts of theirs, find nothing there. */
const contexts = new AsyncLocalStorage<Context>();

/** From now on spans go to `next`; undefined: nowhere. */
export function traceWith(next: Tracer | undefined): void {
  tracer = next;
}

/** Begins a span that whoever calls ends; with what follows it is joined by `inSpan`. */
export function beginSpan({ name, kind, facts }: Step, parent: Context): Span | undefined {
  return tracer?.startSpan(name, { kind, attributes: { ...facts } }, parent);
}

/** Runs `work` as part of this span. */
export const inSpan = <T>(span: Span, work: () => T): T =>
  contexts.run(trace.setSpan(ROOT_CONTEXT, span), work);

/** Does `work` as a trace of its own. */
export const traced = <T>(step: Step, work: () => Promise<T>): Promise<T> =>
  measured(beginSpan(step, ROOT_CONTEXT), work);

/** Does `work` as a step of the trace that runs; outside of any, as in a check of health, it is not worth one. */
export function spanned<T>(step: Step, work: () => Promise<T>): Promise<T> {
  const parent = contexts.getStore();
  return measured(parent && beginSpan(step, parent), work);
}

/** Adds to the span that runs. */
export function note(facts: Facts): void {
  currentSpan()?.setAttributes({ ...facts });
}

/** What log lines say of the trace they belong to, under the names that OpenTelemetry gives. */
export function traceIds(): { trace_id?: string; span_id?: string } {
  const context = currentSpan()?.spanContext();
  return context === undefined ? {} : { trace_id: context.traceId, span_id: context.spanId };
}

function currentSpan(): Span | undefined {
  const context = contexts.getStore();
  return context && trace.getSpan(context);
}

async function measured<T>(span: Span | undefined, work: () => Promise<T>): Promise<T> {
  if (span === undefined) return work();
  try {
    return await inSpan(span, work);
  } catch (error) {
    span.setStatus({ code: SpanStatusCode.ERROR });
    span.setAttributes({ 'error.type': error instanceof Error ? error.name : 'unknown' } satisfies Facts);
    throw error;
  } finally {
    span.end();
  }
}
