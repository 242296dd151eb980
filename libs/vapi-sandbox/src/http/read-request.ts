import type { FastifyRequest } from 'fastify';
import type { RecordedRequest } from './request-log';
import type { Call } from './routes';
import { VapiRefusal } from '../vapi-refusal';

/** A request as it is recorded and as a route gets it; with the refusal when its body is no JSON. */
export function read(request: FastifyRequest): {
  entry: RecordedRequest;
  call: Call;
  refusal?: VapiRefusal;
} {
  const { method, headers, params, url } = request;
  const path = url.split('?', 1)[0] ?? url;
  const query = { ...(request.query as Record<string, unknown>) };
  const { body, refusal } = parse(request.body);
  const { id = '' } = params as { id?: string };
  const { authorization } = headers;
  return {
    entry: { method, path, query, body, authorization: authorization !== undefined, at: Date.now() },
    call: { method, path, id, query, body, authorization },
    refusal,
  };
}

function parse(text: unknown): { body: unknown; refusal?: VapiRefusal } {
  if (typeof text !== 'string' || text === '') return { body: undefined };
  try {
    return { body: JSON.parse(text) };
  } catch (error) {
    return { body: text, refusal: new VapiRefusal(400, (error as Error).message) };
  }
}
