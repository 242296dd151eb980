import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { AppError } from '../common/app-error';

/**
 * Keeps other sites from using a browser's cookie: on top of SameSite, browsers say where a request comes from. Programs say nothing,
 * and have no cookie that somebody else could use.
 */
@Injectable()
export class RefuseForeignSitesGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const { headers } = context.switchToHttp().getRequest<FastifyRequest>();
    const site = headers['sec-fetch-site'];
    const isOurs =
      site === undefined
        ? headers.origin === undefined || hostOf(headers.origin) === headers.host
        : site === 'same-origin' || site === 'none';
    if (isOurs) return true;
    throw new AppError('FORBIDDEN', 'This can be used from the dashboard only, not from another site.');
  }
}

const hostOf = (origin: string): string | undefined =>
  URL.canParse(origin) ? new URL(origin).host : undefined;
