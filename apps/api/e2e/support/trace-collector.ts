import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A span as it came in, its attributes as a record. */
export interface CollectedSpan {
  name: string;
  traceId: string;
  spanId: string;
  parentSpanId: string | undefined;
  failed: boolean;
  facts: Record<string, unknown>;
}

interface OtlpAttribute {
  key: string;
  value: Record<string, unknown>;
}

interface OtlpSpan {
  name: string;
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  status: { code: number };
  attributes: OtlpAttribute[];
}

interface OtlpRequest {
  resourceSpans: { resource: { attributes: OtlpAttribute[] }; scopeSpans: { spans: OtlpSpan[] }[] }[];
}

/** A collector of OpenTelemetry's that keeps what it is sent. */
export interface TraceCollector {
  url: string;
  /** Every request as it came: its line, its headers and its body. */
  readonly requests: { path: string; headers: Record<string, unknown>; body: string }[];
  spans(): CollectedSpan[];
  /** What they say of where they come from. */
  resources(): Record<string, unknown>[];
  close(): Promise<void>;
}

export async function openTraceCollector(): Promise<TraceCollector> {
  const requests: TraceCollector['requests'] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const { url: path = '', headers } = request;
      requests.push({ path, headers, body: Buffer.concat(parts).toString() });
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const batches = () => requests.flatMap(({ body }) => (JSON.parse(body) as OtlpRequest).resourceSpans);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    spans: () =>
      batches().flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans.map(collected))),
    resources: () => batches().map(({ resource }) => recordOf(resource.attributes)),
    close: () => {
      server.closeAllConnections();
      return new Promise((closed) => server.close(() => closed()));
    },
  };
}

const collected = ({ name, traceId, spanId, parentSpanId, status, attributes }: OtlpSpan): CollectedSpan => ({
  name,
  traceId,
  spanId,
  parentSpanId,
  failed: status.code === 2,
  facts: recordOf(attributes),
});

/** Each value stands under the name of its type. */
const recordOf = (attributes: OtlpAttribute[]): Record<string, unknown> =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));
