import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { type Caller, callerOf } from '../access/caller';
import { refuseUnlessAllowed, refuseUnlessProven, refuseWithoutSecondFactor } from '../access/refuse';
import { ROUTE_ACCESS, type RouteAccess, STEP_UP, WITHOUT_SECOND_FACTOR } from '../access/route-access';
import { AppError } from '../common/app-error';

/** Lets in whom a route is for, as the permission table has it; a route that says nothing is closed. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const access = this.metadata<RouteAccess>(context, ROUTE_ACCESS);
    if (access === 'public') return true;
    const caller = callerOf(context.switchToHttp().getRequest<FastifyRequest>());
    if (caller === undefined) throw new Error('Nobody has found out who calls');
    refuseUnlessFor(caller, access);
    if (!this.metadata<boolean>(context, WITHOUT_SECOND_FACTOR)) refuseWithoutSecondFactor(caller);
    if (this.metadata<boolean>(context, STEP_UP)) refuseUnlessProven(caller);
    return true;
  }

  private metadata<T>(context: ExecutionContext, key: string): T | undefined {
    return this.reflector.getAllAndOverride<T | undefined>(key, [context.getHandler(), context.getClass()]);
  }
}

function refuseUnlessFor(caller: Caller, access: RouteAccess | undefined): void {
  if (access === undefined || access === 'public') throw new AppError('FORBIDDEN', 'This address is closed.');
  if (access !== 'signed-in') refuseUnlessAllowed(caller, access);
  else if (caller.type !== 'user')
    throw new AppError('FORBIDDEN', 'API keys cannot be used here. Sign in instead.');
}
