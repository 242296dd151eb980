import { createServer, request as forward } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The address under which Vapi reaches the server: it stays the same when the server starts again elsewhere. */
export interface PublicAddress {
  url: string;
  close(): Promise<void>;
}

export async function openPublicAddress(target: () => string): Promise<PublicAddress> {
  const server = createServer((incoming, outgoing) => {
    const { method, headers, url = '/' } = incoming;
    const onward = forward(new URL(url, target()), { method, headers, agent: false }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on('error', () => outgoing.writeHead(502).end());
    incoming.pipe(onward);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => {
      server.closeAllConnections();
      return new Promise((closed) => server.close(() => closed()));
    },
  };
}
