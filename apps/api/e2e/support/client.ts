/** An answer of the server. */
export interface Reply<Body = unknown> {
  status: number;
  headers: Headers;
  /** Parsed JSON; the text when it is none, undefined when there is no body. */
  body: Body;
}

export interface RequestOptions {
  /** Sent as JSON. */
  body?: unknown;
  /** Sent as it is, instead of `body`. */
  raw?: string;
  headers?: Record<string, string>;
}

/** Keeps every answer as text, for tests that look for what must not be in any. */
export interface Recorder {
  readonly url: string;
  record(answer: string): void;
}

/** Speaks to the server over HTTP. With a token, as somebody who is signed in. */
export class Client {
  constructor(
    private readonly server: Recorder,
    readonly token?: string,
  ) {}

  get<Body = unknown>(path: string, options?: RequestOptions): Promise<Reply<Body>> {
    return this.request('GET', path, options);
  }

  post<Body = unknown>(path: string, body?: unknown, options?: RequestOptions): Promise<Reply<Body>> {
    return this.request('POST', path, { body, ...options });
  }

  patch<Body = unknown>(path: string, body?: unknown, options?: RequestOptions): Promise<Reply<Body>> {
    return this.request('PATCH', path, { body, ...options });
  }

  delete<Body = unknown>(path: string, options?: RequestOptions): Promise<Reply<Body>> {
    return this.request('DELETE', path, options);
  }

  async request<Body = unknown>(
    method: string,
    path: string,
    { body, raw, headers }: RequestOptions = {},
  ): Promise<Reply<Body>> {
    const content = raw ?? (body === undefined ? undefined : JSON.stringify(body));
    const response = await fetch(this.server.url + path, {
      method,
      headers: {
        ...(this.token === undefined ? {} : { authorization: `Bearer ${this.token}` }),
        ...(content === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(content === undefined ? {} : { body: content }),
      redirect: 'manual',
    });
    const text = await bodyOf(response);
    this.server.record(
      `${method} ${path} ${response.status} ${JSON.stringify([...response.headers])} ${text}`,
    );
    return { status: response.status, headers: response.headers, body: parsed(text) as Body };
  }
}

/** A stream of events has no end to wait for. */
async function bodyOf(response: Response): Promise<string> {
  if (!response.headers.get('content-type')?.startsWith('text/event-stream')) return response.text();
  await response.body?.cancel();
  return '';
}

function parsed(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
