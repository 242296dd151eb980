import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import type { Server } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { DataDirInUseError, lockDataDir, socketDir } from './data-dir';

let folder: string;
const locks: Server[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'voxreach-lock-'));
});
afterEach(async () => {
  await Promise.all(locks.splice(0).map(release));
  rmSync(folder, { recursive: true });
});

const release = (lock: Server) => new Promise((resolve) => lock.close(resolve));

const take = async (dataDir: string): Promise<Server> => {
  const lock = await lockDataDir(dataDir);
  locks.push(lock);
  return lock;
};

/** Leaves a socket that nobody listens on, as a process that was killed does. */
async function leaveStaleSocket(path: string): Promise<void> {
  mkdirSync(dirname(path), { recursive: true });
  const script = `require('node:net').createServer().listen(${JSON.stringify(path)}, () => console.log('ready'))`;
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  child.kill('SIGKILL');
  await once(child, 'exit');
  if (!existsSync(path)) throw new Error('The socket is gone');
}

describe('a data folder', () => {
  it('is taken by one process at a time', async () => {
    await take(folder);
    const second = lockDataDir(folder);
    await expect(second).rejects.toBeInstanceOf(DataDirInUseError);
    await expect(second).rejects.toThrow(`already uses the data folder ${folder}. Stop it first`);
  });

  it('says what holds it', async () => {
    await take(folder);
    await expect(lockDataDir(folder)).rejects.toMatchObject({ holder: 'server' });
    const other = join(folder, 'other');
    locks.push(await lockDataDir(other, 'command'));
    await expect(lockDataDir(other)).rejects.toMatchObject({ holder: 'command' });
  });

  it('has an error by the name that the start looks for', () => {
    expect(new DataDirInUseError('x').name).toBe('DataDirInUseError');
  });

  it('is taken by one process also when another names it differently', async () => {
    await take(folder);
    await expect(lockDataDir(`${folder}/`)).rejects.toBeInstanceOf(DataDirInUseError);
    await expect(lockDataDir(relative(process.cwd(), folder))).rejects.toBeInstanceOf(DataDirInUseError);
  });

  it('is free again once it is given back', async () => {
    await release(await take(folder));
    await expect(take(folder)).resolves.toBeDefined();
  });

  it('is taken over from a process that was killed', async () => {
    await leaveStaleSocket(join(socketDir(folder), 'lock'));
    await take(folder);
    await expect(lockDataDir(folder)).rejects.toBeInstanceOf(DataDirInUseError);
  });

  it('does not stand in the way of another', async () => {
    await take(join(folder, 'one'));
    await expect(take(join(folder, 'two'))).resolves.toBeDefined();
  });

  it('fails with the cause when it cannot be used', async () => {
    const path = join(folder, 'file', 'data');
    await leaveStaleSocket(join(folder, 'file'));
    await expect(lockDataDir(path)).rejects.toMatchObject({ code: 'ENOTDIR' });
  });
});

describe('a data folder with a long path', () => {
  const long = () => join(folder, 'x'.repeat(60), 'y'.repeat(60));
  afterEach(() => rmSync(socketDir(long()), { recursive: true, force: true }));

  it('has its sockets in the temporary folder, where every system takes their path', async () => {
    const directory = socketDir(long());
    expect(dirname(directory)).toBe(tmpdir());
    expect(Buffer.byteLength(join(directory, '.s.PGSQL.5432'))).toBeLessThanOrEqual(100);
    await take(long());
    await expect(lockDataDir(long())).rejects.toBeInstanceOf(DataDirInUseError);
  });

  it('shares them with no other', () => {
    expect(socketDir(long())).not.toBe(socketDir(`${long()}2`));
    expect(socketDir(long())).toBe(socketDir(relative(process.cwd(), long())));
  });

  it('counts bytes, not characters', () => {
    expect(dirname(socketDir(`/${'ü'.repeat(45)}`))).toBe(tmpdir());
    expect(socketDir(`/${'u'.repeat(45)}`)).toBe(`/${'u'.repeat(45)}/run`);
  });
});
