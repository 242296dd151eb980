// A reverse proxy as a process, in front of the ports it is given: `node proxy.ts 4001 4002`. It does what those that people run do.
// Replicas get requests in turn, over connections that are kept; one that says it is not ready, or refuses a connection, gets none. Only
// what was never sent goes to another one.
import {
  Agent,
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';

const HEALTH_INTERVAL_MS = 100;

const HEALTH_TIMEOUT_MS = 2_000;

const OF_ONE_CONNECTION = ['connection', 'keep-alive', 'transfer-encoding'];

interface Replica {
  port: number;
  agent: Agent;
  isReady: boolean;
}

const replicas = process.argv.slice(2).map((port): Replica => ({
  port: Number(port),
  agent: new Agent({ keepAlive: true }),
  isReady: true,
}));

let turn = 0;

async function pass(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const body = await buffer(incoming);
  const untried = new Set(replicas);
  while (untried.size > 0) {
    const ready = [...untried].filter(({ isReady }) => isReady);
    const candidates = ready.length > 0 ? ready : [...untried];
    const replica = candidates[turn++ % candidates.length];
    if (replica === undefined) break;
    untried.delete(replica);
    outgoing.setHeader('x-replica', replica.port);
    try {
      const answer = await ask(replica, incoming, body, outgoing);
      outgoing.writeHead(answer.statusCode ?? 502, endToEnd(answer.headers));
      return await pipeline(answer, outgoing);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ECONNREFUSED') throw error;
      replica.isReady = false;
    }
  }
  outgoing.writeHead(503).end('No replica takes a connection');
}

function ask(
  { port, agent }: Replica,
  { method, url, headers }: IncomingMessage,
  body: Buffer,
  outgoing: ServerResponse,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const onward = request({
      port,
      agent,
      host: '127.0.0.1',
      method,
      path: url,
      headers: endToEnd(headers),
    });
    onward.on('response', resolve).on('error', reject).end(body);
    // Nobody waits for the rest of it.
    outgoing.once('close', () => outgoing.writableFinished || onward.destroy());
  });
}

/** Without what concerns one connection only. */
const endToEnd = (headers: IncomingHttpHeaders): IncomingHttpHeaders =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !OF_ONE_CONNECTION.includes(name)));

function watch(replica: Replica): void {
  const look = request(
    {
      host: '127.0.0.1',
      port: replica.port,
      path: '/api/health/ready',
      agent: false,
      timeout: HEALTH_TIMEOUT_MS,
    },
    (answer) => {
      replica.isReady = answer.statusCode === 200;
      answer.resume();
    },
  );
  look.on('timeout', () => look.destroy());
  look.on('error', () => (replica.isReady = false));
  look.on('close', () => setTimeout(watch, HEALTH_INTERVAL_MS, replica));
  look.end();
}

for (const replica of replicas) watch(replica);

const server = createServer((incoming, outgoing) => {
  pass(incoming, outgoing).catch((error: unknown) => {
    // Sent, and without an answer: what came of it is not known here.
    if (outgoing.headersSent) outgoing.destroy();
    else outgoing.writeHead(502).end(String(error));
  });
});
server.listen(0, '127.0.0.1', () =>
  console.log(`The proxy is ready at http://127.0.0.1:${(server.address() as AddressInfo).port}`),
);
