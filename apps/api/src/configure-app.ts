import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import cookie from '@fastify/cookie';
import { Logger as NestLogger } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Logger } from 'nestjs-pino';
import { callerOf } from './app/access/caller';
import { AppModule } from './app/app.module';
import { RefusalsService } from './app/audit/refusals.service';
import { originOf } from './app/auth/request-scope.interceptor';
import { AppError } from './app/common/app-error';
import { dtoPipe } from './app/common/dto.pipe';
import { isWorthRecording } from './app/common/is-worth-recording';
import { ProblemFilter, sendProblem } from './app/common/problem.filter';
import { nothingHere, refuseUnknownAddresses } from './app/common/refuse-unknown-addresses';
import { refuseUnusableValues } from './app/common/refuse-unusable-values';
import type { AppConfig } from './app/config/app-config';
import { serveApiDocs } from './app/docs/openapi';
import { addSecurityHeaders } from './app/dashboard/security-headers';
import { serveDashboard } from './app/dashboard/serve-dashboard';
import { shedLoad } from './app/limits/shed-load';
import { MetricsService } from './app/metrics/metrics.service';
import type { Database } from './app/prisma/database';
import { StopService } from './app/stop/stop.service';
import { refuseStrangers, WEBHOOK_PATH } from './app/webhooks/refuse-strangers';
import { isFields } from './app/vapi/vapi.responses';

/** Largest body of a client's request, in bytes. */
const BODY_LIMIT = 256 * 1_024;

/** Largest body of a webhook: a report holds a whole conversation. */
const WEBHOOK_BODY_LIMIT = 10 * 1_024 * 1_024;

/** How long a client may take to send a request, in milliseconds; Node looks every half minute. Fastify has no limit of its own. */
const REQUEST_TIMEOUT_MS = 60_000;

/** The application as it runs everywhere: prefix, checks, errors, documentation and the dashboard. */
export async function createApp(config: AppConfig, database: Database): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT,
    genReqId: () => randomUUID(),
    requestTimeout: REQUEST_TIMEOUT_MS,
    // So many addresses from the end: the ones in front of them are the client's own say.
    trustProxy: (_address: string, hop: number) => hop < config.proxies,
    // Addresses that cannot be read, or have parts of any length, are no addresses of ours.
    frameworkErrors: (_error: FastifyError, request: FastifyRequest, reply: FastifyReply) =>
      sendProblem(reply, nothingHere(), request.id),
    // Connections that only wait for a next request must not hold up a stop.
    forceCloseConnections: 'idle',
    // What still comes on a connection that is in use gets its answer: the proxy cannot know yet.
    return503OnClosing: false,
  });
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.of(config, database), adapter, {
    bufferLogs: true,
    bodyParser: false,
  });
  app.useLogger(app.get(Logger));
  app.flushLogs();
  // First: what is refused goes out with these headers, too.
  await addSecurityHeaders(app);
  const fastify = adapter.getInstance();
  if (config.traces !== undefined) {
    // Loaded when needed: a start without traces has nothing of it.
    const { startTracing } = await import('./app/tracing/start-tracing');
    startTracing(fastify, config.traces);
  }
  acceptJsonOnly(fastify);
  closeConnectionsWhenStopping(fastify, app.get(StopService));
  fastify.addHook('onRoute', (route) => {
    if (route.url === WEBHOOK_PATH) route.bodyLimit = WEBHOOK_BODY_LIMIT;
  });
  fastify.addHook('onRequest', async (request, reply) => {
    void reply.header('x-request-id', request.id);
    if (!request.url.startsWith('/api/')) return;
    void reply.header('cache-control', 'no-store');
    // An answer that somebody is lured to is saved and not shown. The documentation is a page.
    if (!request.url.startsWith('/api/docs'))
      void reply.header('content-disposition', 'attachment; filename="api.json"');
  });
  const metrics = app.get(MetricsService);
  measureRequests(fastify, metrics);
  logRequests(fastify);
  await shedLoad(fastify, metrics, database.pool);
  fastify.addHook('onRequest', refuseUnknownAddresses);
  fastify.addHook('onRequest', refuseStrangers(config));
  fastify.addHook('preHandler', refuseUnusableValues);
  await app.register(cookie);
  await serveDashboard(app);
  app.setGlobalPrefix('api');
  app.useGlobalPipes(dtoPipe());
  const refusals = app.get(RefusalsService);
  app.useGlobalFilters(
    new ProblemFilter((error, request) => refusals.note(error, request, originOf(request))),
  );
  // Ends with exit code 0, not by the signal: a stop that was asked for is no failure.
  app.enableShutdownHooks([], { useProcessExit: true });
  serveApiDocs(app);
  await app.init();
  return app;
}

/** A stop waits for the requests at work; their connections must not be kept for next ones, or it waits for those too. */
function closeConnectionsWhenStopping(fastify: FastifyInstance, stop: StopService): void {
  // Browsers connect ahead of what they may ask. Node takes such a connection for one at work, and waits a minute for its request.
  const connections = new Set<Socket>();
  fastify.server.on('connection', (socket: Socket) => {
    connections.add(socket);
    socket.once('close', () => connections.delete(socket));
  });
  fastify.addHook('preClose', async () => {
    stop.closing.next();
    for (const socket of connections) if (socket.bytesRead === 0) socket.destroy();
  });
  fastify.addHook('onSend', async (_request, reply) => {
    if (stop.isStopping) void reply.header('connection', 'close');
  });
  // An answer that began before, and ended since: its connection would be kept for a minute.
  fastify.addHook('onResponse', async (request) => {
    if (stop.isStopping) request.raw.socket.end();
  });
}

/** By route as it is registered, so that addresses with ids come together. */
function measureRequests(fastify: FastifyInstance, metrics: MetricsService): void {
  fastify.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? (reply.statusCode === 404 ? 'unknown' : 'page');
    metrics.request(request.method, route, reply.statusCode, reply.elapsedTime / 1_000);
  });
}

/** One line a request, with whose it was by id. What is logged is listed here: never an address with its query, a header or a body. */
function logRequests(fastify: FastifyInstance): void {
  const logger = new NestLogger('Requests');
  fastify.addHook('onResponse', async (request, reply) => {
    if (!isWorthRecording(request.url)) return;
    const { actor } = originOf(request);
    const line = {
      requestId: request.id,
      method: request.method,
      route: request.routeOptions.url ?? 'unknown',
      status: reply.statusCode,
      milliseconds: Math.round(reply.elapsedTime),
      organizationId: callerOf(request)?.organizationId ?? null,
      actor: { type: actor.type, id: actor.id },
    };
    if (reply.statusCode >= 500) logger.error(line, 'Request failed');
    else logger.log(line, 'Request answered');
  });
}

/** JSON objects and nothing else; an empty body is none, whatever its type says. */
function acceptJsonOnly(fastify: FastifyInstance): void {
  const parse = fastify.getDefaultJsonParser('error', 'error');
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    const encoding = request.headers['content-encoding'];
    if (encoding !== undefined && encoding !== 'identity') {
      done(new AppError('UNSUPPORTED_MEDIA_TYPE', 'Send the body without compression.'));
    } else if (body.length === 0) done(null, undefined);
    else
      void parse(request, body.toString(), (error, value: unknown) => {
        if (error !== null || isFields(value)) done(error, value);
        else done(new AppError('VALIDATION_FAILED', 'Send a JSON object as the body.'));
      });
  });
}
