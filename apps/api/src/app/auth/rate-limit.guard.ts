import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { type RateLimiterAbstract, RateLimiterRes } from 'rate-limiter-flexible';
import { callerOf } from '../access/caller';
import { IS_UNLIMITED } from '../access/unlimited';
import { AppError } from '../common/app-error';
import { AppConfig } from '../config/app-config';
import { LimitersService } from '../limits/limiters.service';
import { networkOf } from '../limits/network-of';

/** What a whole organisation may ask, in multiples of what one of its people or keys may. */
const ORGANIZATION_FACTOR = 5;

/** Keeps one person, key or organisation, or one address without a session, from crowding out the others. */
@Injectable()
export class RateLimitGuard implements CanActivate {
  private readonly callers: RateLimiterAbstract;
  private readonly organizations: RateLimiterAbstract;

  constructor(
    private readonly reflector: Reflector,
    limiters: LimitersService,
    { rateLimitPerMinute }: AppConfig,
  ) {
    this.callers = limiters.create('callers', { points: rateLimitPerMinute, duration: 60 });
    this.organizations = limiters.create('organizations', {
      points: rateLimitPerMinute * ORGANIZATION_FACTOR,
      duration: 60,
    });
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (this.reflector.getAllAndOverride<boolean>(IS_UNLIMITED, [context.getHandler(), context.getClass()]))
      return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const caller = callerOf(request);
    try {
      await this.callers.consume(caller?.id ?? networkOf(request.ip));
      if (caller !== undefined) await this.organizations.consume(caller.organizationId);
      return true;
    } catch (state) {
      if (!(state instanceof RateLimiterRes)) throw state;
      throw new AppError('RATE_LIMITED', 'Too many requests. Wait a moment and go on more slowly.', {
        retryAfterSeconds: Math.max(1, state.msBeforeNext / 1_000),
      });
    }
  }
}
