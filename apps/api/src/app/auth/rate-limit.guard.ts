import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { AppError } from '../common/app-error';
import { AppConfig } from '../config/app-config';
import { sessionOf } from './session';
import { IS_UNLIMITED } from './unlimited';

/** Keeps one user, or one address without a session, from crowding out the others. */
@Injectable()
export class RateLimitGuard implements CanActivate {
  private readonly limiter: RateLimiterMemory;

  constructor(
    private readonly reflector: Reflector,
    config: AppConfig,
  ) {
    this.limiter = new RateLimiterMemory({ points: config.rateLimitPerMinute, duration: 60 });
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (this.reflector.getAllAndOverride<boolean>(IS_UNLIMITED, [context.getHandler(), context.getClass()]))
      return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    try {
      await this.limiter.consume(sessionOf(request)?.userId ?? request.ip);
      return true;
    } catch (state) {
      const waitMs = state instanceof RateLimiterRes ? state.msBeforeNext : 1_000;
      throw new AppError('RATE_LIMITED', 'Too many requests. Wait a moment and go on more slowly.', {
        retryAfterSeconds: Math.max(1, waitMs / 1_000),
      });
    }
  }
}
