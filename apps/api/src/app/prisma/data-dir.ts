import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, unlinkSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** The longest path of a Unix socket that every system takes, in bytes. */
const MAX_SOCKET_PATH = 100;

/** Two processes must not share an embedded database: they lose each other's commits. */
export class DataDirInUseError extends Error {
  constructor(dataDir: string) {
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
export async function lockDataDir(dataDir: string): Promise<Server> {
  const directory = socketDir(dataDir);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  // Fails when it is somebody else's: in the temporary folder anybody may make one of this name.
  chmodSync(directory, 0o700);
  const path = join(directory, 'lock');
  const lock = await listen(path).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE') throw error;
    if (await answers(path)) throw new DataDirInUseError(dataDir);
    unlinkSync(path);
    return listen(path);
  });
  return lock.unref();
}

function listen(path: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.end());
    server.once('error', reject);
    server.listen(path, () => resolve(server));
  });
}

function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
