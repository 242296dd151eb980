import { Global, Logger, Module, type OnApplicationShutdown } from '@nestjs/common';
import { Redis } from 'ioredis';
import { AppConfig } from '../config/app-config';

/** How long an answer of Redis may take, in milliseconds. */
const PATIENCE_MS = 250;

/** The connection to the Redis that replicas share; `connection` is undefined where there is none. */
export class SharedRedis implements OnApplicationShutdown {
  readonly connection: Redis | undefined;
  private readonly logger = new Logger('Redis');

  constructor({ redisUrl }: AppConfig) {
    this.connection = redisUrl === undefined ? undefined : this.watched(connect(redisUrl));
  }

  /** Another connection, for listening: a connection that listens can do nothing else. */
  listener(): Redis | undefined {
    return (
      this.connection &&
      this.watched(this.connection.duplicate({ socketTimeout: undefined, commandTimeout: undefined }))
    );
  }

  onApplicationShutdown(): void {
    this.connection?.disconnect();
  }

  /** The error names the command that failed, with its arguments; only its message is logged. */
  private watched(redis: Redis): Redis {
    return redis.on('error', ({ message }: Error) => this.logger.warn(`Redis cannot be reached: ${message}`));
  }
}

const connect = (url: string): Redis =>
  new Redis(url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 1,
    commandTimeout: PATIENCE_MS,
    // A connection that swallows everything is given up: then nobody waits for it any more until another one stands.
    socketTimeout: 2 * PATIENCE_MS,
  });

/** What replicas share beside the database, where `REDIS_URL` is set. */
@Global()
@Module({
  providers: [
    {
      provide: SharedRedis,
      inject: [AppConfig],
      useFactory: (config: AppConfig) => new SharedRedis(config),
    },
  ],
  exports: [SharedRedis],
})
export class RedisModule {}
