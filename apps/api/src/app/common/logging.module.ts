import { LoggerModule } from 'nestjs-pino';
import { AppConfig } from '../config/app-config';
import { traceIds } from '../tracing/tracing';

interface LoggedRequest {
  id: string;
  method: string;
  url: string;
}

/** An address without its query, which may hold a search for a person or a number. */
const pathOf = (url: string): string => url.split('?', 1)[0] ?? url;

/**
 * Structured logs. What is logged of a request is listed here, field by field; bodies, headers and queries never are.
 */
export const LoggingModule = LoggerModule.forRootAsync({
  inject: [AppConfig],
  useFactory: ({ logLevel, traces }: AppConfig) => ({
    pinoHttp: {
      level: logLevel,
      genReqId: (request) => request.id,
      serializers: {
        req: ({ id, method, url }: LoggedRequest) => ({ id, method, path: pathOf(url) }),
      },
      ...(traces === undefined ? {} : { mixin: traceIds }),
      // `configure-app.ts` writes the line of a request, which knows its route and its caller.
      autoLogging: false,
    },
  }),
});
