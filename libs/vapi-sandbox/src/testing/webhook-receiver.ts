import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A server that keeps what it is sent and answers as it is told to. */
export class WebhookReceiver {
  readonly received: { method?: string; headers: IncomingHttpHeaders; body: unknown }[] = [];
  reply = { status: 200, text: '{}' };
  private readonly server: Server;

  constructor() {
    this.server = createServer((request, response) => {
      void text(request).then((body) => {
        this.received.push({ method: request.method, headers: request.headers, body: JSON.parse(body) });
        response.writeHead(this.reply.status).end(this.reply.text);
      });
    });
  }

  /** Resolves with the URL it listens at. */
  async start(): Promise<string> {
    await new Promise<void>((listening) => this.server.listen(0, '127.0.0.1', listening));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/hook`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((stopped) => this.server.close(stopped));
  }
}
