import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../../../dist/apps/api/main.js', import.meta.url));

const READY = /is ready at (http:\/\/\w[\w.]*:\d+)/;

export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** The built server as a process of its own, or another program that says when it is ready. Its environment is what it is given, and nothing of this machine's. */
export class ServerProcess {
  /** Everything it has written, on both streams. */
  output = '';
  readonly exited: Promise<Exit>;
  private readonly child: ChildProcess;

  constructor(env: Readonly<Record<string, string>>, program: readonly string[] = [MAIN]) {
    this.child = spawn(process.execPath, program, {
      env: { PATH: process.env['PATH'], ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.exited = new Promise((resolve) => {
      // `close` comes after the last output, unlike `exit`.
      this.child.once('close', (code, signal) => resolve({ code, signal }));
    });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => (this.output += text));
    }
  }

  /** Resolves with its address once it listens. Throws with what it wrote when it ends instead. */
  ready(): Promise<string> {
    return new Promise((resolve, reject) => {
      const look = () => {
        const url = READY.exec(this.output)?.[1];
        if (url !== undefined) resolve(url);
      };
      this.child.stdout?.on('data', look);
      look();
      void this.exited.then(({ code }) =>
        reject(new Error(`The server ended with code ${code}:\n${this.output}`)),
      );
    });
  }

  /** Asks it to end, and waits until it has. */
  async end(signal: NodeJS.Signals): Promise<Exit> {
    this.child.kill(signal);
    return this.exited;
  }
}
