import {
  connect,
  createServer,
  type AddressInfo,
  type NetConnectOpts,
  type Server,
  type Socket,
} from 'node:net';
import { type Message, MessageReader, StatementReader } from './postgres-messages';

/** What happens at the write that a proxy is armed for. */
export interface DatabaseFault {
  /**
   * - `before`: the connection is cut, and the database never sees the write
   * - `after`: the database carries it out, and the connection is cut before the answer
   * - `gone`: like `before`, and until `restore` there is no database
   */
  kind: 'before' | 'after' | 'gone';
  /** Which of the writes from now on, counted from 0. */
  write: number;
  /** Runs at that moment, for example to kill the server. */
  then?: () => void;
}

/** A write as the proxy saw it pass. */
export interface ObservedWrite {
  /** For example `UPDATE phone_numbers` or `COMMIT`. */
  name: string;
  /** Part of a transaction that had not ended yet. */
  isUncommitted: boolean;
  /** What `watch` was given said so at that moment. */
  moment: number;
}

const TABLES = 'agents|credentials|phone_numbers|webhook_credentials|idempotency_keys|audit_entries';
const WRITE = new RegExp(
  `^\\s*(INSERT INTO|UPDATE|DELETE FROM)\\s+(?:"public"\\.)?"?(${TABLES})"?(?![\\w.])`,
  'i',
);

/** Recovery looks for work now and then; that is no step of an operation. */
const TAKES_ROWS = /SKIP LOCKED/i;

/** Stands between one server and its database: counts what the server writes, and breaks the connection at a chosen write. */
export class DatabaseProxy {
  /** What has been written since the last `watch` or `arm`. */
  writes: ObservedWrite[] = [];
  private clock: () => number = () => 0;
  private readonly connections = new Set<ProxiedConnection>();
  private fault: DatabaseFault | undefined;
  private isGone = false;

  private constructor(
    private readonly server: Server,
    upstream: NetConnectOpts,
  ) {
    server.on('connection', (socket) => {
      if (this.isGone) return void socket.destroy();
      const connection = new ProxiedConnection(socket, connect(upstream), (write) => this.count(write));
      this.connections.add(connection);
      socket.once('close', () => this.connections.delete(connection));
    });
  }

  static async open(upstream: NetConnectOpts): Promise<DatabaseProxy> {
    const server = createServer();
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    return new DatabaseProxy(server, upstream);
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** Counts from here, and notes with each write what `clock` says then. */
  watch(clock: () => number): void {
    this.writes = [];
    this.clock = clock;
  }

  arm(fault: DatabaseFault): void {
    this.writes = [];
    this.fault = fault;
  }

  /** The database is there, and nothing more goes wrong with it. */
  restore(): void {
    this.fault = undefined;
    this.isGone = false;
  }

  async close(): Promise<void> {
    for (const connection of this.connections) connection.cut();
    await new Promise((closed) => this.server.close(closed));
  }

  private count(write: Omit<ObservedWrite, 'moment'>): DatabaseFault | undefined {
    const index = this.writes.push({ ...write, moment: this.clock() }) - 1;
    const { fault } = this;
    if (fault?.write !== index) return undefined;
    this.fault = undefined;
    if (fault.kind === 'gone') {
      this.isGone = true;
      for (const connection of this.connections) connection.cut();
    }
    return fault;
  }
}

/** One connection of the server's. */
class ProxiedConnection {
  private readonly fromClient = new MessageReader(false);
  private readonly fromDatabase = new MessageReader(true);
  private readonly statements = new StatementReader();
  private isInTransaction = false;
  private hasWritten = false;
  private isCut = false;
  /** Cut before the ReadyForQuery that answers the write gets through; those of statements before it in the same message come first. */
  private pending: { fault: DatabaseFault; answer: number } | undefined;
  /** Messages that the database answers with ReadyForQuery, and such answers. The first one answers none: the connection is ready. */
  private asked = 0;
  private answered = -1;

  constructor(
    private readonly client: Socket,
    private readonly database: Socket,
    private readonly count: (write: Omit<ObservedWrite, 'moment'>) => DatabaseFault | undefined,
  ) {
    client.setNoDelay(true);
    database.setNoDelay(true);
    for (const socket of [client, database]) {
      // `close` follows.
      socket.on('error', () => undefined);
      socket.once('close', () => this.cut());
    }
    client.on('data', (data) => this.forward(data));
    database.on('data', (data) => this.answer(data));
  }

  cut(): void {
    this.isCut = true;
    this.client.destroy();
    this.database.destroy();
  }

  private forward(data: Buffer): void {
    for (const message of this.fromClient.read(data)) {
      const write = this.writeOf(message);
      const fault = write === undefined ? undefined : this.count(write);
      if (fault !== undefined && fault.kind !== 'after') {
        fault.then?.();
        this.cut();
      }
      if (this.isCut) return;
      // A write that is bound is answered after the Sync that follows it.
      if (fault !== undefined) this.pending ??= { fault, answer: this.asked + 1 };
      if (message.type === 'Q' || message.type === 'S') this.asked += 1;
      this.database.write(message.bytes);
    }
  }

  private answer(data: Buffer): void {
    for (const { type, bytes } of this.fromDatabase.read(data)) {
      if (type === 'Z') this.answered += 1;
      if (this.pending !== undefined && this.answered >= this.pending.answer) {
        this.pending.fault.then?.();
        this.cut();
      }
      if (this.isCut) return;
      this.client.write(bytes);
    }
  }

  /** What is counted: writes to our tables, and the end of a transaction with such writes. */
  private writeOf(message: Message): Omit<ObservedWrite, 'moment'> | undefined {
    const statement = this.statements.read(message)?.trimStart();
    if (statement === undefined) return undefined;
    if (/^BEGIN/i.test(statement)) [this.isInTransaction, this.hasWritten] = [true, false];
    if (/^(COMMIT|ROLLBACK)/i.test(statement)) this.isInTransaction = false;
    if (/^COMMIT/i.test(statement) && this.hasWritten) {
      this.hasWritten = false;
      return { name: 'COMMIT', isUncommitted: false };
    }
    const [, verb = '', table = ''] = TAKES_ROWS.test(statement) ? [] : (WRITE.exec(statement) ?? []);
    if (verb === '') return undefined;
    this.hasWritten = this.isInTransaction;
    return { name: `${verb.split(' ', 1)[0]} ${table}`, isUncommitted: this.isInTransaction };
  }
}
