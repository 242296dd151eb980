import { HttpService } from '@nestjs/axios';
import { Injectable, Logger } from '@nestjs/common';
import { SpanKind } from '@opentelemetry/api';
import { AxiosError, type AxiosResponse } from 'axios';
import { DelegateBackoff, handleWhen, retry } from 'cockatiel';
import { isPastDeadline } from '../common/deadline';
import { AppConfig } from '../config/app-config';
import { MetricsService } from '../metrics/metrics.service';
import { note, spanned, type Step } from '../tracing/tracing';
import { Protection } from './protection';
import { scrub } from './scrub';
import { VapiError, type VapiErrorKind } from './vapi.error';
import { isFields } from './vapi.responses';

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

interface VapiRequest<T> {
  method: Method;
  path: string;
  /** The path with its ids left out, for logs. */
  route: string;
  body?: object;
  /** Takes what is needed from the answer; undefined when it is unusable. */
  parse: (body: unknown) => T | undefined;
}

/** Waits of Vapi's longer than this are left to the client, in milliseconds. */
const LONGEST_WAIT_MS = 3_000;

/** Reads and deletes: two more tries, after Retry-After or 200 and 800 ms with jitter. */
const retryTransient = retry(
  handleWhen((error) => error instanceof VapiError && error.isTransient && waitOf(error) <= LONGEST_WAIT_MS),
  {
    maxAttempts: 2,
    backoff: new DelegateBackoff(({ attempt, result }) => {
      const wait = 'error' in result && result.error instanceof VapiError ? waitOf(result.error) : 0;
      return Math.max(wait, 200 * 4 ** (attempt - 1) * (0.75 + Math.random() / 2));
    }),
  },
);

const waitOf = (error: VapiError): number => (error.retryAfterSeconds ?? 0) * 1_000;

/** Failures in which no connection came about, so that nothing can have happened at Vapi. */
const NEVER_SENT = [
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'CERT_HAS_EXPIRED',
];

/**
 * Sends requests to Vapi and turns every way in which they fail into a VapiError. Only reads and deletes are
 * tried again: a repeated create could make a second object.
 */
@Injectable()
export class VapiHttp {
  private readonly logger = new Logger('Vapi');
  private readonly protection = new Protection();

  constructor(
    private readonly http: HttpService,
    private readonly config: AppConfig,
    private readonly metrics: MetricsService,
  ) {}

  /** What Vapi may quote of ours and no client may read. */
  private get operatorSettings(): string[] {
    return [this.config.vapi.apiKey, this.config.webhook.secret, this.config.webhook.url];
  }

  /** @throws VapiError */
  async request<T>(request: VapiRequest<T>): Promise<T> {
    const repeatable = request.method === 'GET' || request.method === 'DELETE';
    let mayHaveActed = false;
    const attempt = () =>
      spanned(stepOf(request), () => this.measured(request)).catch((error: unknown) => {
        if (error instanceof VapiError) mayHaveActed ||= error.mayHaveActed && request.method !== 'GET';
        throw error;
      });
    try {
      return await (repeatable ? retryTransient.execute(attempt) : attempt());
    } catch (error) {
      if (!(error instanceof VapiError)) throw error;
      this.report(error);
      // The last failure may be harmless where an earlier one was not, and a read never does anything.
      throw mayHaveActed ? error.afterEffect() : error.withoutEffect();
    }
  }

  /**
   * Deletes by path; what Vapi does not have counts as deleted.
   * @throws VapiError
   */
  async delete(path: string, route: string): Promise<void> {
    try {
      // What was deleted does not matter, but a page of some proxy is no answer of Vapi's.
      await this.request({ method: 'DELETE', path, route, parse: (body) => body !== undefined || undefined });
    } catch (error) {
      if (!(error instanceof VapiError && error.kind === 'not_found')) throw error;
    }
  }

  private async measured<T>(request: VapiRequest<T>): Promise<T> {
    const begun = performance.now();
    let outcome: VapiErrorKind | 'ok' | 'defect' = 'defect';
    try {
      const answer = await this.protection.run(operationOf(request), () => this.attempt(request));
      outcome = 'ok';
      return answer;
    } catch (error) {
      if (error instanceof VapiError) outcome = error.kind;
      throw error;
    } finally {
      note({ 'voxreach.vapi.outcome': outcome });
      this.metrics.vapiRequest(operationOf(request), outcome, (performance.now() - begun) / 1_000);
    }
  }

  private async attempt<T>(request: VapiRequest<T>): Promise<T> {
    // Looking and taking back are what is left to do then.
    if ((request.method === 'POST' || request.method === 'PATCH') && isPastDeadline()) throw tooLate(request);
    const response = await this.send(request);
    note({ 'http.response.status_code': response.status });
    const body = parseJson(response.data);
    if (response.status >= 300) throw this.refusal(request, response, body);
    const parsed = request.parse(body);
    if (parsed === undefined) {
      throw new VapiError({
        kind: 'malformed',
        operation: operationOf(request),
        status: response.status,
        mayHaveActed: true,
      });
    }
    return parsed;
  }

  private async send<T>(request: VapiRequest<T>): Promise<AxiosResponse<string>> {
    const { readTimeoutMs, writeTimeoutMs, apiKey, baseUrl } = this.config.vapi;
    const timeout = request.method === 'GET' || request.method === 'DELETE' ? readTimeoutMs : writeTimeoutMs;
    try {
      return await this.http.axiosRef.request<string>({
        method: request.method,
        url: `${baseUrl}${request.path}`,
        data: request.body,
        // No `traceparent`: how this installation's traces hang together is no business of others.
        headers: { authorization: `Bearer ${apiKey}` },
        // Also ends a connection that is never made, or an answer that trickles: axios' own timeout does not.
        signal: AbortSignal.timeout(timeout),
        responseType: 'text',
        // Parsed here, since an answer that is no JSON must be told from one that is.
        transformResponse: (data: string) => data,
        validateStatus: () => true,
        // The operator's key goes to Vapi and nowhere else.
        maxRedirects: 0,
        maxContentLength: 10_000_000,
      });
    } catch (error) {
      throw connectionError(operationOf(request), error);
    }
  }

  private refusal<T>(request: VapiRequest<T>, response: AxiosResponse<string>, body: unknown): VapiError {
    const given = isFields(body) ? body['message'] : undefined;
    const messages = (Array.isArray(given) ? given : [given]).filter(
      (message) => typeof message === 'string',
    );
    return new VapiError({
      kind: kindOf(response.status),
      operation: operationOf(request),
      status: response.status,
      messages: messages.map((message) => scrub(message, request.body, this.operatorSettings)),
      retryAfterSeconds: secondsOf(response.headers['retry-after']),
      mayHaveActed: response.status >= 500 || response.status === 408,
    });
  }

  /** The operator's log: what a client is never told. */
  private report(error: VapiError): void {
    const facts = { kind: error.kind, operation: error.operation, status: error.status };
    if (error.kind === 'account') {
      this.logger.error(
        facts,
        `Vapi refuses the operator's account. Check VAPI_API_KEY and the plan. ${error.message}`,
      );
    } else if (error.kind !== 'not_found') {
      this.logger.warn(facts, error.message);
    }
  }
}

const operationOf = ({ method, route }: { method: Method; route: string }): string => `${method} ${route}`;

function stepOf(request: { method: Method; route: string }): Step {
  const facts = {
    'http.request.method': request.method,
    'url.template': request.route,
    'peer.service': 'vapi',
  } as const;
  return { name: operationOf(request), kind: SpanKind.CLIENT, facts };
}

const tooLate = (request: { method: Method; route: string }): VapiError =>
  new VapiError({
    kind: 'suspended',
    operation: operationOf(request),
    messages: ['the request has taken too long already'],
    mayHaveActed: false,
  });

function kindOf(status: number): VapiErrorKind {
  if (status === 404) return 'not_found';
  if (status === 401 || status === 402 || status === 403) return 'account';
  if (status === 429) return 'rate_limited';
  if (status === 408) return 'timeout';
  // A redirect is no answer of Vapi's API either.
  return status >= 400 && status < 500 ? 'rejected' : 'failed';
}

/** Retry-After is a number of seconds or a date (RFC 9110). */
function secondsOf(retryAfter: unknown): number | undefined {
  if (typeof retryAfter !== 'string') return undefined;
  const seconds = /^\s*[\d.]+\s*$/.test(retryAfter)
    ? Number(retryAfter)
    : (Date.parse(retryAfter) - Date.now()) / 1_000;
  return seconds > 0 ? seconds : undefined;
}

function connectionError(operation: string, error: unknown): VapiError {
  const code = error instanceof AxiosError ? error.code : undefined;
  const timedOut = code === 'ERR_CANCELED' || code === 'ECONNABORTED' || code === 'ETIMEDOUT';
  return new VapiError({
    kind: timedOut ? 'timeout' : 'network',
    operation,
    messages: code === undefined ? [] : [code],
    mayHaveActed: code === undefined || !NEVER_SENT.includes(code),
  });
}

/** Undefined when it is no JSON; an empty body is null. */
function parseJson(data: string): unknown {
  if (data === '') return null;
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}
