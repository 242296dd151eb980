import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { Redis } from 'ioredis';
import { type RateLimiterAbstract, RateLimiterMemory, RateLimiterRedis } from 'rate-limiter-flexible';
import { AppConfig } from '../config/app-config';

/** So many points in so many seconds. */
interface Limit {
  points: number;
  duration: number;
}

/** How long an answer of Redis may take, in milliseconds; then this process counts for itself. */
const REDIS_PATIENCE_MS = 250;

/** Makes limiters: in Redis where `REDIS_URL` is set, so that all replicas count together, else in memory. */
@Injectable()
export class LimitersService implements OnApplicationShutdown {
  private readonly logger = new Logger('Limits');
  private readonly redis: Redis | undefined;

  constructor({ redisUrl }: AppConfig) {
    if (redisUrl === undefined) return;
    this.redis = new Redis(redisUrl, {
      enableOfflineQueue: false,
      maxRetriesPerRequest: 1,
      commandTimeout: REDIS_PATIENCE_MS,
    });
    // The message alone: errors of this client carry the command that failed, with its arguments.
    this.redis.on('error', ({ message }) => this.logger.warn({ reason: message }, 'Redis cannot be reached'));
  }

  /** `name` tells its counts from those of other limiters. */
  create(name: string, limit: Limit): RateLimiterAbstract {
    const options = { ...limit, keyPrefix: `voxreach:${name}` };
    const memory = new RateLimiterMemory(options);
    // Without its Redis a replica goes on limiting, by its own counts.
    return this.redis === undefined
      ? memory
      : new RateLimiterRedis({ ...options, storeClient: this.redis, insuranceLimiter: memory });
  }

  onApplicationShutdown(): void {
    this.redis?.disconnect();
  }
}
