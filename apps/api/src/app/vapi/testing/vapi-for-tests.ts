import { Agent, createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { HttpService } from '@nestjs/axios';
import type { VapiSandbox, VapiSandboxOptions } from '@voxreach/vapi-sandbox';
import axios from 'axios';
import { type AppConfig, createAppConfig } from '../../config/app-config';
import { readEnvironment } from '../../config/environment';
import { MetricsService } from '../../metrics/metrics.service';
import type { Database } from '../../prisma/database';
import type { PrismaService } from '../../prisma/prisma.service';
import { VapiHttp } from '../vapi.http';
import { VapiError } from '../vapi.error';

/** The operator's key, as the tests know it. */
export const API_KEY = 'operator-private-key-4711';

interface Timeouts {
  /** Milliseconds. */
  read?: number;
  write?: number;
}

/** The configuration of an installation whose Vapi is at this address. */
export const configFor = (baseUrl: string, { read = 2_000, write = 2_000 }: Timeouts = {}): AppConfig =>
  createAppConfig(
    readEnvironment({
      VAPI_API_KEY: API_KEY,
      JWT_SECRET: 'j'.repeat(32),
      VAPI_WEBHOOK_SECRET: 'w'.repeat(16),
      VAPI_READ_TIMEOUT_MS: String(read),
      VAPI_WRITE_TIMEOUT_MS: String(write),
    }),
    { apiKey: API_KEY, baseUrl },
  );

/** Nobody reads them here, so nothing asks for a database. */
export const metricsForTests = new MetricsService({} as Database, {} as PrismaService);

export const vapiHttpFor = (baseUrl: string, timeouts?: Timeouts): VapiHttp =>
  new VapiHttp(
    new HttpService(axios.create({ httpAgent: new Agent({ keepAlive: true }) })),
    configFor(baseUrl, timeouts),
    metricsForTests,
  );

/** A local Vapi that knows the operator's key and has numbers active at once. */
export async function startSandbox(options: Partial<VapiSandboxOptions> = {}): Promise<VapiSandbox> {
  // Loaded when needed, as everywhere in this app.
  const { startVapiSandbox } = await import('@voxreach/vapi-sandbox');
  return startVapiSandbox({ apiKey: API_KEY, activationMs: 0, ...options });
}

/** A server that answers as a test wants it, and what came in. */
export interface OddServer {
  url: string;
  requests: { method: string; url: string; authorization: string | undefined; at: number }[];
  sockets: Set<Socket>;
}

const running: Server[] = [];

/** Starts a server that behaves as Vapi never should. Call `stopOddServers` after each test. */
export async function startOddServer(answer: RequestListener): Promise<OddServer> {
  const requests: OddServer['requests'] = [];
  const sockets = new Set<Socket>();
  const server = createServer((request: IncomingMessage, response) => {
    const { method = '', url = '', headers } = request;
    requests.push({ method, url, authorization: headers.authorization, at: performance.now() });
    sockets.add(request.socket);
    request.resume().once('end', () => void answer(request, response));
  });
  running.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests, sockets };
}

export async function stopOddServers(): Promise<void> {
  for (const server of running.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

/** The error of a call that must fail. */
export async function failureOf(call: Promise<unknown>): Promise<VapiError> {
  const outcome = await call.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(outcome instanceof VapiError)) throw new Error(`No VapiError came: ${String(outcome)}`);
  return outcome;
}
