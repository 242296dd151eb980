import { type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AuthGuard } from '@nestjs/passport';
import type { AuditAction } from '@voxreach/contracts';
import type { FastifyRequest } from 'fastify';
import { type Caller, callerOf, type WithCaller } from '../access/caller';
import { refuseUnlessAllowed, refuseUnlessProven } from '../access/refuse';
import { ATTEMPTS, ROUTE_ACCESS, type RouteAccess, STEP_UP } from '../access/route-access';
import { ApiKeysService } from '../api-keys/api-keys.service';
import { API_KEY_PREFIX } from '../api-keys/api-key-token';
import { AppError } from '../common/app-error';

/** Lets in whom a route is for, as the permission table has it; a route that says nothing is closed. */
@Injectable()
export class AccessGuard extends AuthGuard('jwt') {
  constructor(
    private readonly reflector: Reflector,
    private readonly apiKeys: ApiKeysService,
  ) {
    super();
  }

  override async canActivate(context: ExecutionContext): Promise<boolean> {
    const access = this.metadata<RouteAccess>(context, ROUTE_ACCESS);
    const request = context.switchToHttp().getRequest<FastifyRequest & WithCaller>();
    request.attempts = this.metadata<AuditAction>(context, ATTEMPTS);
    if (access === 'public') return true;
    const key = bearerOf(request);
    if (key?.startsWith(API_KEY_PREFIX)) request.user = await this.apiKeys.callerOf(key);
    else await super.canActivate(context);
    const caller = callerOf(request);
    if (caller === undefined) throw unauthenticated();
    refuseUnlessFor(caller, access);
    if (this.metadata<boolean>(context, STEP_UP)) refuseUnlessProven(caller);
    return true;
  }

  override handleRequest<User>(error: unknown, user: User | false): User {
    if (error instanceof Error) throw error;
    if (!user) throw unauthenticated();
    return user;
  }

  private metadata<T>(context: ExecutionContext, key: string): T | undefined {
    return this.reflector.getAllAndOverride<T | undefined>(key, [context.getHandler(), context.getClass()]);
  }
}

const unauthenticated = () =>
  new AppError('UNAUTHENTICATED', 'Your session is missing or has expired. Sign in again.');

/** One space, as passport reads it too. */
const bearerOf = ({ headers }: FastifyRequest): string | undefined =>
  /^bearer (\S+)$/i.exec(headers.authorization ?? '')?.[1];

function refuseUnlessFor(caller: Caller, access: RouteAccess | undefined): void {
  if (access === undefined || access === 'public') throw new AppError('FORBIDDEN', 'This address is closed.');
  if (access !== 'signed-in') refuseUnlessAllowed(caller, access);
  else if (caller.type !== 'user')
    throw new AppError('FORBIDDEN', 'API keys cannot be used here. Sign in instead.');
}
