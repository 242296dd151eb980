import { LoggerModule } from 'nestjs-pino';
import { AppConfig } from '../config/app-config';

interface LoggedRequest {
  id: string;
  method: string;
  url: string;
}

/** An address without its query, which may hold a search for a person or a number. */
const pathOf = (url: string): string => url.split('?', 1)[0] ?? url;

/**
 * Structured logs. What is logged of a request is listed here, field by field; bodies, headers and queries never are. Health checks
 * come too often to be news.
 */
export const LoggingModule = LoggerModule.forRootAsync({
  inject: [AppConfig],
  useFactory: ({ logLevel }: AppConfig) => ({
    pinoHttp: {
      level: logLevel,
      genReqId: (request) => request.id,
      serializers: {
        req: ({ id, method, url }: LoggedRequest) => ({ id, method, path: pathOf(url) }),
        res: ({ statusCode }: { statusCode: number }) => ({ statusCode }),
      },
      autoLogging: {
        ignore: ({ url }) => url?.startsWith('/api/health/') === true || url?.startsWith('/api/') !== true,
      },
      customLogLevel: (_request, response) => (response.statusCode >= 500 ? 'error' : 'info'),
    },
  }),
});
