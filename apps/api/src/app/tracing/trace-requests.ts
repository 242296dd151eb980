import { ROOT_CONTEXT, type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { parseTraceParent } from '@opentelemetry/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { callerOf } from '../access/caller';
import { isWorthRecording } from '../common/is-worth-recording';
import { beginSpan, type Facts, inSpan } from './tracing';

/** A span for every request to the API, named by its route as it is registered: an address may hold a token, a name or a number. */
export function traceRequests(fastify: FastifyInstance): void {
  const spans = new WeakMap<FastifyRequest, Span>();
  fastify.addHook('onRequest', async (request) => {
    if (!isWorthRecording(request.url)) return;
    const { method } = request;
    const route = request.routeOptions.url ?? 'unknown';
    const facts: Facts = {
      'http.request.method': method,
      'http.route': route,
      'voxreach.request.id': request.id,
    };
    const span = beginSpan(
      { name: `${method} ${route}`, kind: SpanKind.SERVER, facts },
      callersContext(request),
    );
    if (span !== undefined) spans.set(request, span);
  });
  // Not before: a body is read in a context of its own, and what follows would be in that one.
  fastify.addHook('preHandler', (request, _reply, done) => {
    const span = spans.get(request);
    if (span === undefined) done();
    else inSpan(span, done);
  });
  fastify.addHook('onResponse', async (request, reply) => {
    const span = spans.get(request);
    span?.setAttributes({ ...factsOfEnd(request, reply) });
    if (reply.statusCode >= 500) span?.setStatus({ code: SpanStatusCode.ERROR });
    span?.end();
  });
}

/** The trace that the caller says it is part of. `tracestate` is left alone: it may be any text. */
function callersContext({ headers }: FastifyRequest) {
  const { traceparent } = headers;
  const caller = typeof traceparent === 'string' ? parseTraceParent(traceparent) : null;
  return caller === null ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, { ...caller, isRemote: true });
}

function factsOfEnd(request: FastifyRequest, { statusCode }: FastifyReply): Facts {
  const caller = callerOf(request);
  return {
    'http.response.status_code': statusCode,
    ...(statusCode >= 500 && { 'error.type': String(statusCode) }),
    ...(caller && {
      'voxreach.organization.id': caller.organizationId,
      [caller.type === 'user' ? 'voxreach.user.id' : 'voxreach.api_key.id']: caller.id,
    }),
  };
}
