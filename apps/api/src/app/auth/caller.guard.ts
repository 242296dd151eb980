import { type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AuthGuard } from '@nestjs/passport';
import type { AuditAction } from '@voxreach/contracts';
import type { FastifyRequest } from 'fastify';
import type { WithCaller } from '../access/caller';
import { ATTEMPTS, ROUTE_ACCESS, type RouteAccess } from '../access/route-access';
import { ApiKeysService } from '../api-keys/api-keys.service';
import { API_KEY_PREFIX } from '../api-keys/api-key-token';
import { AppError } from '../common/app-error';

/** Finds out who calls, on every route but public ones. What they may do there is the business of `AccessGuard`. */
@Injectable()
export class CallerGuard extends AuthGuard('jwt') {
  constructor(
    private readonly reflector: Reflector,
    private readonly apiKeys: ApiKeysService,
  ) {
    super();
  }

  override async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest & WithCaller>();
    request.attempts = this.metadata<AuditAction>(context, ATTEMPTS);
    if (this.metadata<RouteAccess>(context, ROUTE_ACCESS) === 'public') return true;
    const key = bearerOf(request);
    if (key?.startsWith(API_KEY_PREFIX)) request.user = await this.apiKeys.callerOf(key);
    else await super.canActivate(context);
    return true;
  }

  override handleRequest<User>(error: unknown, user: User | false): User {
    if (error instanceof Error) throw error;
    if (!user)
      throw new AppError('UNAUTHENTICATED', 'Your session is missing or has expired. Sign in again.');
    return user;
  }

  private metadata<T>(context: ExecutionContext, key: string): T | undefined {
    return this.reflector.getAllAndOverride<T | undefined>(key, [context.getHandler(), context.getClass()]);
  }
}

/** One space, as passport reads it too. */
const bearerOf = ({ headers }: FastifyRequest): string | undefined =>
  /^bearer (\S+)$/i.exec(headers.authorization ?? '')?.[1];
