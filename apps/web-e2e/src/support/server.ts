import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../../../dist/apps/api/main.js', import.meta.url));

/** A server of a test's own, with its own data. */
export class Server {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
  ) {}

  /** Resolves when it says that it is ready. Port 0 lets the system choose. */
  static async start(dataDir: string, port: number): Promise<Server> {
    const env = {
      PATH: process.env['PATH'] ?? '',
      NODE_ENV: 'test',
      PORT: String(port),
      DATA_DIR: dataDir,
      RATE_LIMIT_PER_MINUTE: '100000',
    };
    const child = spawn(process.execPath, [MAIN], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    for await (const line of createInterface({ input: child.stdout })) {
      const [url] = /http:\/\/localhost:\d+/.exec(line) ?? [];
      if (url !== undefined) return new Server(child, url);
    }
    throw new Error('The server ended before it was ready');
  }

  get port(): number {
    return Number(new URL(this.url).port);
  }

  /** As Ctrl+C in its terminal does. Resolves when the process has ended, with what ended it. */
  async interrupt(): Promise<number | NodeJS.Signals | null> {
    const exited = once(this.child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
    this.child.kill('SIGINT');
    const [code, signal] = await exited;
    return code ?? signal;
  }

  /** For the end of a test, however it ended. */
  kill(): void {
    this.child.kill('SIGKILL');
  }
}
