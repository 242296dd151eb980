import { createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import type { Role } from '@voxreach/contracts';
import type { FastifyRequest } from 'fastify';

/** Who makes a request, and for which organisation: from the access token only. */
export interface Session {
  userId: string;
  organizationId: string;
  role: Role;
}

export const IS_PUBLIC = 'isPublic';

/** Opens a route to everybody. Every other route wants a session. */
export const Public = () => SetMetadata(IS_PUBLIC, true);

export const sessionOf = (request: FastifyRequest): Session | undefined =>
  (request as FastifyRequest & { user?: Session }).user;

/** The session of a route that is not public. */
export const CurrentSession = createParamDecorator((_data: unknown, context: ExecutionContext): Session => {
  const session = sessionOf(context.switchToHttp().getRequest<FastifyRequest>());
  if (session === undefined) throw new Error('A route that uses the session is marked public');
  return session;
});

/** The organisation of the session: the first argument of every service method. */
export const OrganizationId = createParamDecorator((_data: unknown, context: ExecutionContext): string => {
  const session = sessionOf(context.switchToHttp().getRequest<FastifyRequest>());
  if (session === undefined) throw new Error('A route that uses the organisation is marked public');
  return session.organizationId;
});
