import { randomBytes } from 'node:crypto';
import type { SessionResponse } from '@voxreach/contracts';
import type { RecordedRequest, VapiSandbox, VapiSandboxOptions } from '@voxreach/vapi-sandbox';
import type { Pool } from 'pg';
import { Client, type Recorder, type Reply } from './client';
import { openPublicAddress, type PublicAddress } from './public-address';
import { type Exit, ServerProcess } from './server-process';
import { createTestDatabase, type TestDatabase } from './test-database';

/** The operator's settings, which no client may ever see. */
export const OPERATOR = {
  vapiKey: 'operator-vapi-key-3f9a27c1d8',
  jwtSecret: 'operator-jwt-secret-0123456789abcdef0123456789',
  webhookSecret: 'operator-webhook-secret-5b7d90e1',
} as const;

export interface ApiOptions {
  /** Added to the server's environment. */
  env?: Record<string, string>;
  sandbox?: Partial<VapiSandboxOptions>;
}

/** Somebody who has registered an organisation and is signed in to it. */
export class Organization extends Client {
  constructor(
    server: Recorder,
    readonly session: SessionResponse,
    readonly login: { email: string; password: string },
  ) {
    super(server, session.accessToken);
  }

  get id(): string {
    return this.session.organization.id;
  }
}

/** A running server with a database, a Vapi and a public address of its own. */
export class Api implements Recorder {
  sandbox!: VapiSandbox;
  db!: Pool;
  database!: TestDatabase;
  url = '';
  /** Every answer that a client of this server got. */
  readonly answers: string[] = [];
  private process!: ServerProcess;
  private public!: PublicAddress;
  private earlierLogs = '';
  private readonly cleanups: (() => Promise<unknown>)[] = [];

  constructor(private readonly options: ApiOptions = {}) {}

  async start(): Promise<this> {
    await this.prepare();
    await this.launch();
    this.cleanups.push(() => this.process.end('SIGTERM'));
    return this;
  }

  /** All that a server needs, for servers that others start with `env`. */
  async prepare(): Promise<this> {
    const { startVapiSandbox } = await import('@voxreach/vapi-sandbox');
    this.sandbox = await startVapiSandbox({
      apiKey: OPERATOR.vapiKey,
      activationMs: 0,
      ...this.options.sandbox,
    });
    this.cleanups.push(() => this.sandbox.close());
    this.public = await openPublicAddress(() => this.url);
    this.cleanups.push(() => this.public.close());
    this.database = await createTestDatabase();
    this.cleanups.push(() => this.database.remove());
    this.db = this.database.connect();
    this.cleanups.push(() => this.db.end());
    return this;
  }

  /** Nobody who is signed in. */
  get anonymous(): Client {
    return new Client(this);
  }

  as(token: string): Client {
    return new Client(this, token);
  }

  /** A new organisation, and its owner to ask in whose name. */
  async organization(name = 'Acme'): Promise<Organization> {
    const login = {
      email: `owner-${randomBytes(6).toString('hex')}@example.com`,
      password: 'a long enough password',
    };
    const reply = await this.anonymous.post<SessionResponse>('/api/auth/register', {
      organizationName: name,
      name: 'Olga Owner',
      ...login,
    });
    if (reply.status !== 201)
      throw new Error(`Registration answered ${reply.status} ${JSON.stringify(reply.body)}`);
    return new Organization(this, reply.body, login);
  }

  /** What the server is started with. */
  get env(): Record<string, string> {
    return {
      NODE_ENV: 'test',
      PORT: '0',
      LOG_LEVEL: 'debug',
      PUBLIC_URL: this.public.url,
      VAPI_API_KEY: OPERATOR.vapiKey,
      VAPI_BASE_URL: this.sandbox.url,
      JWT_SECRET: OPERATOR.jwtSecret,
      VAPI_WEBHOOK_SECRET: OPERATOR.webhookSecret,
      ALLOW_VAPI_NUMBERS: 'true',
      RATE_LIMIT_PER_MINUTE: '100000',
      ...this.database.env,
      ...this.options.env,
    };
  }

  /** Everything that the server has written to its streams. */
  get logs(): string {
    return this.earlierLogs + this.process.output;
  }

  /** What Vapi was asked while `action` ran, and what came of it. */
  async callsDuring<T>(action: () => Promise<T>): Promise<{ result: T; calls: RecordedRequest[] }> {
    const before = this.sandbox.requests.length;
    const result = await action();
    return { result, calls: this.sandbox.requests.slice(before) };
  }

  /** Stops the server as its operator does, and starts it again on the same data. */
  async restart(): Promise<void> {
    await this.end('SIGTERM');
    await this.launch();
  }

  /** Ends the server without a chance to tidy up. */
  async kill(): Promise<void> {
    await this.end('SIGKILL');
  }

  async end(signal: NodeJS.Signals): Promise<Exit> {
    const exit = await this.process.end(signal);
    this.earlierLogs += this.process.output;
    this.process.output = '';
    return exit;
  }

  async launch(): Promise<void> {
    this.process = new ServerProcess(this.env);
    this.url = await this.process.ready();
  }

  /** Also after a start that failed half way. */
  async stop(): Promise<void> {
    for (const cleanUp of this.cleanups.splice(0).toReversed()) await cleanUp();
  }

  record(answer: string): void {
    this.answers.push(answer);
  }
}

/** A server for a test file: started before its tests, stopped after them. */
export function useApi(options: ApiOptions = {}): Api {
  const api = new Api(options);
  beforeAll(() => api.start());
  afterAll(() => api.stop());
  return api;
}

/** The answer's body, when it has the status of a success. */
export function bodyOf<Body>(reply: Reply<Body>): Body {
  if (reply.status >= 300) throw new Error(`Answered ${reply.status} ${JSON.stringify(reply.body)}`);
  return reply.body;
}
