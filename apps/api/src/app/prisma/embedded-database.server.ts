import { createServer, type Server, type Socket } from 'node:net';

/** The one session of a PGlite, which all connections share. */
interface Engine {
  execProtocolRaw(message: Uint8Array): Promise<Uint8Array>;
}

const SSL_REQUEST = 80_877_103;
const CANCEL_REQUEST = 80_877_102;

/** Messages of a client that end a turn: the engine answers them with ReadyForQuery. */
const ENDS_TURN = new Set(['Q', 'S']);
const TERMINATE = 'X';

const SYNC = Buffer.from('S\0\0\0\x04', 'latin1');
const ROLLBACK = Buffer.from('Q\0\0\0\x0dROLLBACK\0', 'latin1');

/**
 * Serves PGlite on a Unix socket. The engine has one session, so connections take turns: one holds the engine from the first
 * message of a statement until ReadyForQuery, and from BEGIN until its transaction has ended. (`pglite-socket` takes turns by
 * message, so that one connection's parameters may meet another's statement.)
 */
export class EmbeddedDatabaseServer {
  private readonly server: Server;
  private readonly connections = new Set<Connection>();

  constructor(engine: Engine, maxConnections: number) {
    const turns = new Turns();
    this.server = createServer((socket) => {
      const connection = new Connection(socket, engine, turns);
      this.connections.add(connection);
      socket.once('close', () => this.connections.delete(connection));
    });
    this.server.maxConnections = maxConnections;
  }

  listen(path: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(path, resolve);
    });
  }

  /** Ends every connection; resolves when nobody uses the engine any more. */
  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    await Promise.all([...this.connections].map((connection) => connection.end()));
    await closed;
  }
}

/** Lets one connection after the other use the engine. */
class Turns {
  private last: Promise<void> = Promise.resolve();

  /** Resolves when it is the caller's turn, with the function that ends it. */
  async take(): Promise<() => void> {
    const before = this.last;
    let release: () => void = () => undefined;
    this.last = new Promise((resolve) => (release = resolve));
    await before;
    return release;
  }
}

/** One client: its messages one after the other, in turns. */
class Connection {
  private buffer: Buffer<ArrayBufferLike> = Buffer.alloc(0);
  private isStarted = false;
  private isOpen = true;
  private release: (() => void) | undefined;
  private work: Promise<void> = Promise.resolve();

  constructor(
    private readonly socket: Socket,
    private readonly engine: Engine,
    private readonly turns: Turns,
  ) {
    socket.setNoDelay(true);
    // `close` follows.
    socket.on('error', () => undefined);
    socket.on('data', (data) => this.receive(data));
    socket.once('close', () => void this.end());
  }

  /** Rolls back what the client left open. */
  end(): Promise<void> {
    if (this.isOpen) {
      this.isOpen = false;
      this.socket.destroy();
      this.enqueue(async () => {
        if (this.release === undefined) return;
        // It may have gone in the middle of a statement, or of a transaction.
        if (isInTransaction(await this.engine.execProtocolRaw(SYNC)))
          await this.engine.execProtocolRaw(ROLLBACK);
        this.endTurn();
      });
    }
    return this.work;
  }

  private receive(data: Buffer): void {
    this.buffer = Buffer.concat([this.buffer, data]);
    for (;;) {
      const message = this.takeMessage();
      if (message === undefined) return;
      this.enqueue(() => this.handle(message));
    }
  }

  /** A whole message, once it is there. The first ones of a connection have no letter before their length. */
  private takeMessage(): { type: string; bytes: Buffer } | undefined {
    const prefix = this.isStarted ? 1 : 0;
    if (this.buffer.length < prefix + 4) return undefined;
    const length = prefix + this.buffer.readInt32BE(prefix);
    if (this.buffer.length < Math.max(length, 8 * (1 - prefix))) return undefined;
    const bytes = this.buffer.subarray(0, length);
    this.buffer = this.buffer.subarray(length);
    if (this.isStarted) return { type: String.fromCharCode(bytes[0] ?? 0), bytes };
    const code = bytes.readInt32BE(4);
    this.isStarted = code !== SSL_REQUEST && code !== CANCEL_REQUEST;
    return { type: this.isStarted ? 'startup' : code === SSL_REQUEST ? 'ssl' : TERMINATE, bytes };
  }

  private enqueue(step: () => Promise<void>): void {
    this.work = this.work.then(step).catch(() => {
      this.endTurn();
      this.socket.destroy();
    });
  }

  private async handle({ type, bytes }: { type: string; bytes: Buffer }): Promise<void> {
    // What a client that has gone leaves unfinished is not carried out.
    if (!this.isOpen) return;
    if (type === 'ssl') return void this.socket.write('N');
    if (type === TERMINATE) return void this.socket.end();
    this.release ??= await this.turns.take();
    const answer = Buffer.from(await this.engine.execProtocolRaw(bytes));
    if (this.isOpen && answer.length > 0) this.socket.write(answer);
    if (type !== 'startup' && !ENDS_TURN.has(type)) return;
    if (type === 'startup' || !isInTransaction(answer)) this.endTurn();
  }

  private endTurn(): void {
    this.release?.();
    this.release = undefined;
  }
}

/** ReadyForQuery, with which an answer ends, ends with the state of the transaction: idle, open, or failed. */
const isInTransaction = (answer: Uint8Array): boolean => answer.at(-1) !== 'I'.charCodeAt(0);
