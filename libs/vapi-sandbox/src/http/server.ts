import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { type Answer, outcomeOf, refusalAnswer } from './answer';
import type { Faults } from './faults';
import { read } from './read-request';
import type { RequestLog } from './request-log';
import type { Route } from './routes';
import { VapiRefusal } from '../vapi-refusal';

const INVALID_KEY =
  'Invalid Key. Hot tip, you may be using the private key instead of the public key, or vice versa.';

export interface ServerParts {
  apiKey: string;
  routes: readonly Route[];
  faults: Faults;
  log: RequestLog;
}

/** The HTTP side: every request is recorded, meets its fault if there is one, and is answered in Vapi's shape. */
export function buildServer({ apiKey, routes, faults, log }: ServerParts): FastifyInstance {
  const app = fastify({ forceCloseConnections: true, exposeHeadRoutes: false });
  const closing = new AbortController();
  app.addHook('preClose', (done) => {
    closing.abort();
    done();
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, text, done) => done(null, text));

  const serve =
    (answer: Route['answer']) =>
    async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
      const { entry, call, refusal } = read(request);
      log.add(entry);
      const work = (): Answer =>
        answered(() => {
          if (refusal) throw refusal;
          return answer(call);
        });
      const outcome = await outcomeOf(faults.strike(entry.method, entry.path), work, closing.signal);
      if (outcome === 'hang' || outcome === 'cut') {
        if (outcome === 'cut') request.raw.socket.resetAndDestroy();
        return reply.hijack();
      }
      entry.status = outcome.status;
      return reply
        .code(outcome.status)
        .headers(outcome.headers ?? {})
        .send(outcome.body);
    };

  for (const { method, url, answer } of routes) {
    const guarded: Route['answer'] = (call) => {
      if (call.authorization !== `Bearer ${apiKey}`) throw new VapiRefusal(401, INVALID_KEY);
      return answer(call);
    };
    app.route({ method, url, handler: serve(guarded) });
  }
  app.setNotFoundHandler(
    serve(({ method, path }) => {
      throw new VapiRefusal(404, `Cannot ${method} ${path}`);
    }),
  );
  return app;
}

function answered(work: () => Answer): Answer {
  try {
    return work();
  } catch (error) {
    if (error instanceof VapiRefusal) return refusalAnswer(error);
    throw error;
  }
}
