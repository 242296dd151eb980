import { randomBytes } from 'node:crypto';
import type { SessionResponse } from '@voxreach/contracts';
import type { VapiSandbox } from '@voxreach/vapi-sandbox';
import { OPERATOR, Organization } from '../../e2e/support/api';
import { IMPORTS } from '../../e2e/support/builders';
import { Client, type Recorder } from '../../e2e/support/client';
import { eventually } from '../../e2e/support/eventually';
import { ServerProcess } from '../../e2e/support/server-process';
import { DatabaseProxy } from './database-proxy';
import { type LastingDatabase, openLastingDatabase } from './lasting-database';

/** How long the servers wait for Vapi: long enough for a busy machine, short enough for many cases. */
const TIMEOUTS = { VAPI_READ_TIMEOUT_MS: '500', VAPI_WRITE_TIMEOUT_MS: '800' };

/** One process of the API, with its own way to the database. */
export class Replica implements Recorder {
  private constructor(
    readonly url: string,
    readonly proxy: DatabaseProxy,
    private readonly process: ServerProcess,
  ) {}

  static async start(database: LastingDatabase, env: Record<string, string>): Promise<Replica> {
    const proxy = await DatabaseProxy.open(database.upstream);
    const process = new ServerProcess({ ...env, DATABASE_URL: database.urlThrough(proxy.port) });
    return new Replica(await process.ready(), proxy, process);
  }

  /** What it has written. */
  get log(): string {
    return this.process.output;
  }

  record(): void {
    // The suites look at what is left, not at every answer.
  }

  /** Ends it without a chance to tidy up, now. */
  kill(): void {
    void this.process.end('SIGKILL');
  }

  /** Resolves once it has ended. */
  async ended(): Promise<void> {
    await this.process.exited;
    await this.proxy.close();
  }

  async stop(): Promise<void> {
    await this.process.end('SIGTERM');
    await this.proxy.close();
  }
}

/** A Vapi, a database, and a server with another one that is ready to take its place. */
export class Installation {
  private standby: Promise<Replica> | undefined;

  private constructor(
    readonly sandbox: VapiSandbox,
    readonly database: LastingDatabase,
    private readonly env: Record<string, string>,
    private current: Replica,
  ) {}

  static async start(extra: Record<string, string> = {}): Promise<Installation> {
    const { startVapiSandbox } = await import('@voxreach/vapi-sandbox');
    const sandbox = await startVapiSandbox({
      apiKey: OPERATOR.vapiKey,
      activationMs: 0,
      phoneNumberLimit: 100_000,
    });
    const database = await openLastingDatabase();
    const env = {
      NODE_ENV: 'test',
      PORT: '0',
      LOG_LEVEL: 'warn',
      DATA_DIR: database.dataDir,
      PUBLIC_URL: 'http://127.0.0.1:9',
      VAPI_API_KEY: OPERATOR.vapiKey,
      VAPI_BASE_URL: sandbox.url,
      JWT_SECRET: OPERATOR.jwtSecret,
      VAPI_WEBHOOK_SECRET: OPERATOR.webhookSecret,
      ALLOW_VAPI_NUMBERS: 'true',
      RATE_LIMIT_PER_MINUTE: '100000',
      ...TIMEOUTS,
      ...extra,
    };
    return new Installation(sandbox, database, env, await Replica.start(database, env));
  }

  get server(): Replica {
    return this.current;
  }

  get db() {
    return this.database.pool;
  }

  /** One more process over the same database. */
  replica(env: Record<string, string> = {}): Promise<Replica> {
    return Replica.start(this.database, { ...this.env, ...env });
  }

  /** Waits for the end of a server that has been killed, and lets the next one serve. */
  async replace(): Promise<void> {
    const dead = this.current;
    this.current = await (this.standby ?? this.replica());
    this.standby = this.replica();
    // It is waited for above or in `stop`; until then a failure must not end the process.
    this.standby.catch(() => undefined);
    await dead.ended();
  }

  /** As on the first day: no organisations, nothing of theirs at Vapi, and a server that knows of no webhook credential. */
  async beginAnew(): Promise<void> {
    await this.db.query('TRUNCATE organizations, users, audit_entries CASCADE');
    const { rowCount } = await this.db.query('SELECT FROM webhook_credentials');
    this.sandbox.reset();
    if (rowCount === 0) return;
    // Vapi refuses the number, since it no longer has the credential; then the server forgets it.
    const reply = await (await this.organization('Nobody')).post('/api/phone-numbers', IMPORTS.twilio());
    if (reply.status !== 503) throw new Error(`The credential is still known: ${reply.status}`);
    await this.db.query('TRUNCATE organizations, users, audit_entries CASCADE');
  }

  /** A new organisation, and its owner to ask in whose name. A server with too much to do at the moment is asked again. */
  organization(name: string): Promise<Organization> {
    return eventually(async () => {
      const login = {
        email: `owner-${randomBytes(6).toString('hex')}@example.com`,
        password: 'a long enough password',
      };
      const reply = await new Client(this.asRecorder()).post<SessionResponse>('/api/auth/register', {
        organizationName: name,
        name: 'Olga Owner',
        ...login,
      });
      if (reply.status !== 201)
        throw new Error(`Registration answered ${reply.status} ${JSON.stringify(reply.body)}`);
      return new Organization(this.asRecorder(), reply.body, login);
    });
  }

  async stop(): Promise<void> {
    await Promise.all([this.current.stop(), this.standby?.then((replica) => replica.stop())]);
    await this.sandbox.close();
    await this.database.remove();
  }

  /** Whoever serves at the time of a request. */
  private asRecorder(): Recorder {
    const current = () => this.current.url;
    return {
      get url() {
        return current();
      },
      record: () => undefined,
    };
  }
}
