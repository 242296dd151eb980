import { fileURLToPath } from 'node:url';
import { Api } from '../support/api';
import { Client } from '../support/client';
import { freePorts } from '../support/free-ports';
import { figure, metricsOf } from '../support/metrics';
import { type Exit, ServerProcess } from '../support/server-process';

const PROXY = fileURLToPath(new URL('proxy.ts', import.meta.url));

/** One of the servers, on ports that it keeps when it is started again. */
export interface Replica {
  port: number;
  metricsPort: number;
  url: string;
  process: ServerProcess | undefined;
}

/** Several servers with one database, one Redis and one Vapi, behind a proxy. */
export class ReplicaSet {
  api!: Api;
  proxyUrl = '';
  readonly replicas: Replica[] = [];
  private proxy: ServerProcess | undefined;

  async start(count: number, env: Record<string, string>): Promise<this> {
    const ports = await freePorts(2 * count);
    for (let index = 0; index < count; index++) {
      const [port = 0, metricsPort = 0] = ports.slice(2 * index);
      this.replicas.push({ port, metricsPort, url: `http://127.0.0.1:${port}`, process: undefined });
    }
    // It starts no server of its own: those of the set are alike.
    this.api = await new Api({ env, sandbox: { activationMs: 300 } }).prepare();
    await Promise.all(this.replicas.map((replica) => this.launch(replica)));
    this.proxy = new ServerProcess({}, [PROXY, ...this.replicas.map(({ port }) => String(port))]);
    this.proxyUrl = await this.proxy.ready();
    this.api.url = this.proxyUrl;
    return this;
  }

  async launch(replica: Replica): Promise<void> {
    replica.process = new ServerProcess({
      ...this.api.env,
      HOST: '127.0.0.1',
      PORT: String(replica.port),
      METRICS_PORT: String(replica.metricsPort),
    });
    await replica.process.ready();
  }

  async end({ process }: Replica, signal: NodeJS.Signals): Promise<Exit | undefined> {
    return process?.end(signal);
  }

  /** Somebody who asks this replica and no other. */
  at({ url }: Replica, token?: string): Client {
    return new Client({ url, record: (answer) => this.api.record(answer) }, token);
  }

  /** The sum of a figure over these replicas. */
  async sum(series: string, replicas: readonly Replica[] = this.replicas): Promise<number> {
    const texts = await Promise.all(replicas.map(({ metricsPort }) => metricsOf(metricsPort)));
    return texts.reduce((sum, text) => sum + (figure(text, series) ?? 0), 0);
  }

  async stop(): Promise<void> {
    await Promise.all(this.replicas.map((replica) => this.end(replica, 'SIGTERM')));
    await this.proxy?.end('SIGTERM');
    await this.api.stop();
  }
}
