import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** Stands between servers and their Redis, which can go away and come back. */
export interface RedisLine {
  /** The address for the servers. */
  url: string;
  /** As if Redis had ended: connections break, and none is made. */
  cut(): void;
  /** As if the network had swallowed it: nothing breaks, and nothing comes back. */
  stall(): void;
  mend(): void;
  close(): Promise<void>;
}

export async function openRedisLine(redisUrl: string): Promise<RedisLine> {
  const upstream = new URL(redisUrl);
  const sockets = new Set<Socket>();
  let state: 'whole' | 'cut' | 'stalled' = 'whole';
  const server = createServer((incoming) => {
    if (state === 'cut') return void incoming.destroy();
    const outgoing = connect(Number(upstream.port || 6379), upstream.hostname);
    const ends = [
      [incoming, outgoing],
      [outgoing, incoming],
    ] as const;
    for (const [from, to] of ends) {
      sockets.add(from);
      from.on('data', (bytes) => state === 'whole' && to.write(bytes));
      from.on('error', () => undefined);
      from.once('close', () => {
        sockets.delete(from);
        to.destroy();
      });
    }
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const breakAll = () => {
    for (const socket of sockets) socket.destroy();
  };
  const own = new URL(redisUrl);
  own.hostname = '127.0.0.1';
  own.port = String((server.address() as AddressInfo).port);
  return {
    url: own.href,
    cut: () => {
      state = 'cut';
      breakAll();
    },
    stall: () => {
      state = 'stalled';
    },
    mend: () => {
      if (state === 'whole') return;
      // What was swallowed never comes, so those connections are worth nothing.
      breakAll();
      state = 'whole';
    },
    close: () => {
      breakAll();
      return new Promise((closed) => server.close(() => closed()));
    },
  };
}
