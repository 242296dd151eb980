import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, unlinkSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** The longest path of a Unix socket that every system takes, in bytes. */
const MAX_SOCKET_PATH = 100;

/** How long a process may take to say what it is, in milliseconds. */
const ANSWER_WITHIN_MS = 2_000;

/** What a process that holds a data folder is: a server, or one of the operator's commands. */
export type DataDirHolder = 'server' | 'command';

/** Two processes must not share an embedded database: they lose each other's commits. */
export class DataDirInUseError extends Error {
  constructor(
    dataDir: string,
    readonly holder: DataDirHolder = 'server',
  ) {
    super(
      `Another VoxReach process already uses the data folder ${dataDir}. Stop it first, or set DATA_DIR to another folder.`,
    );
    this.name = 'DataDirInUseError';
  }
}

/** Where the sockets of a data folder live: inside it, or in the temporary folder if its path is too long. */
export function socketDir(dataDir: string): string {
  // However the folder is named, its sockets are the same.
  const absolute = resolve(dataDir);
  const inside = join(absolute, 'run');
  const fits = Buffer.byteLength(join(inside, '.s.PGSQL.5432')) <= MAX_SOCKET_PATH;
  return fits
    ? inside
    : join(tmpdir(), `voxreach-${createHash('sha256').update(absolute).digest('hex').slice(0, 16)}`);
}

/**
 * Takes the data folder for this process. A listening socket is the lock: the system frees it when its process dies,
 * however that happens.
 *
 * @throws DataDirInUseError when another process holds the folder
 */
export async function lockDataDir(dataDir: string, as: DataDirHolder = 'server'): Promise<Server> {
  const directory = socketDir(dataDir);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  // Fails when it is somebody else's: in the temporary folder anybody may make one of this name.
  chmodSync(directory, 0o700);
  const path = join(directory, 'lock');
  const lock = await listen(path, as).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE') throw error;
    const holder = await holderOf(path);
    if (holder !== undefined) throw new DataDirInUseError(dataDir, holder);
    unlinkSync(path);
    return listen(path, as);
  });
  return lock.unref();
}

/** Whoever connects is told who listens. */
function listen(path: string, as: DataDirHolder): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.end(as);
    });
    server.once('error', reject);
    server.listen(path, () => resolve(server));
  });
}

/** Undefined when nobody listens. One that is too busy to answer is there all the same. */
function holderOf(path: string): Promise<DataDirHolder | undefined> {
  return new Promise((resolve) => {
    let answer = '';
    let isThere = false;
    const socket = connect(path).setEncoding('utf8').setTimeout(ANSWER_WITHIN_MS);
    socket.once('connect', () => (isThere = true));
    socket.on('data', (text: string) => (answer += text));
    socket.once('timeout', () => socket.destroy());
    socket.once('error', () => undefined);
    socket.once('close', () => resolve(isThere ? (answer === 'command' ? 'command' : 'server') : undefined));
  });
}
