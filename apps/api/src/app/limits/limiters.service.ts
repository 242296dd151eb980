import { Injectable } from '@nestjs/common';
import { type RateLimiterAbstract, RateLimiterMemory, RateLimiterRedis } from 'rate-limiter-flexible';
import { SharedRedis } from '../redis/redis.module';

/** So many points in so many seconds. */
interface Limit {
  points: number;
  duration: number;
}

/** Makes limiters: in Redis where there is one, so that all replicas count together, else in memory. */
@Injectable()
export class LimitersService {
  constructor(private readonly redis: SharedRedis) {}

  /** `name` tells its counts from those of other limiters. */
  create(name: string, limit: Limit): RateLimiterAbstract {
    const options = { ...limit, keyPrefix: `voxreach:${name}` };
    const memory = new RateLimiterMemory(options);
    const { connection } = this.redis;
    // Without its Redis a replica goes on limiting, by its own counts.
    return connection === undefined
      ? memory
      : new RateLimiterRedis({ ...options, storeClient: connection, insuranceLimiter: memory });
  }
}
