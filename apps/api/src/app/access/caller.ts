import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { ApiKeyScope, AuditAction, Role } from '@voxreach/contracts';
import type { FastifyRequest } from 'fastify';

/** A person who is signed in. */
export interface UserCaller {
  type: 'user';
  /** The user's. */
  id: string;
  name: string;
  organizationId: string;
  /** As it is now, not as it was when the token was made. */
  role: Role;
  sessionId: string;
  /** When the person last proved who they are. */
  authenticatedAt: Date;
  /** The organisation requires a second factor, and the person has none. */
  needsSecondFactor: boolean;
}

/** A program with an API key. */
export interface ApiKeyCaller {
  type: 'api_key';
  /** The key's. */
  id: string;
  name: string;
  organizationId: string;
  scopes: readonly ApiKeyScope[];
}

/** Who makes a request, and for which organisation: from the token only. */
export type Caller = UserCaller | ApiKeyCaller;

/** What the guard learns of a request. */
export interface WithCaller {
  user?: Caller;
  /** What the route would do, as the audit trail calls it. */
  attempts?: AuditAction | undefined;
}

export const callerOf = (request: FastifyRequest): Caller | undefined =>
  (request as FastifyRequest & WithCaller).user;

export const attemptOf = (request: FastifyRequest): AuditAction | undefined =>
  (request as FastifyRequest & WithCaller).attempts;

const callerOfRoute = (context: ExecutionContext): Caller => {
  const caller = callerOf(context.switchToHttp().getRequest<FastifyRequest>());
  if (caller === undefined) throw new Error('A route that asks who calls is marked public');
  return caller;
};

/** Whoever calls. */
export const CurrentCaller = createParamDecorator((_data: unknown, context: ExecutionContext): Caller =>
  callerOfRoute(context),
);

/** The signed-in person, on a route that API keys cannot use. */
export const CurrentUser = createParamDecorator((_data: unknown, context: ExecutionContext): UserCaller => {
  const caller = callerOfRoute(context);
  if (caller.type !== 'user') throw new Error('A route for people is open to API keys');
  return caller;
});

/** The organisation of the caller: the first argument of every service method. */
export const OrganizationId = createParamDecorator(
  (_data: unknown, context: ExecutionContext): string => callerOfRoute(context).organizationId,
);
