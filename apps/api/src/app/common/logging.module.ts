import { LoggerModule } from 'nestjs-pino';
import { AppConfig } from '../config/app-config';
import { traceIds } from '../tracing/tracing';
import { isWorthRecording } from './is-worth-recording';

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
        res: ({ statusCode }: { statusCode: number }) => ({ statusCode }),
      },
      ...(traces === undefined ? {} : { mixin: traceIds }),
      autoLogging: { ignore: ({ url = '' }) => !isWorthRecording(url) },
      customLogLevel: (_request, response) => (response.statusCode >= 500 ? 'error' : 'info'),
    },
  }),
});
