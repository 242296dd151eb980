import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { from, lastValueFrom, type Observable } from 'rxjs';
import { callerOf } from '../access/caller';
import { withDeadline } from '../common/deadline';
import { type Origin, withOrigin } from '../common/origin';
import { AppConfig } from '../config/app-config';
import { inOrganization } from '../prisma/scope';

/** Handles a request with sight of the caller's organisation alone and within its time, and notes whose doing it is. */
@Injectable()
export class RequestScopeInterceptor implements NestInterceptor {
  constructor(private readonly config: AppConfig) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const caller = callerOf(request);
    const msLeft = this.config.requestTimeoutMs - http.getResponse<FastifyReply>().elapsedTime;
    const handle = () =>
      withDeadline(msLeft, () => lastValueFrom(next.handle(), { defaultValue: undefined as unknown }));
    return from(
      withOrigin(originOf(request), () =>
        caller === undefined ? handle() : inOrganization(caller.organizationId, handle),
      ),
    );
  }
}

export function originOf(request: FastifyRequest): Origin {
  const caller = callerOf(request);
  return {
    actor:
      caller === undefined
        ? { type: 'anonymous', id: null, name: null }
        : { type: caller.type, id: caller.id, name: caller.name },
    requestId: request.id,
    address: request.ip,
    userAgent: request.headers['user-agent'] ?? null,
  };
}
