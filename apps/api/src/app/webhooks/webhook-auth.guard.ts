import { createHmac, timingSafeEqual } from 'node:crypto';
import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { AppError } from '../common/app-error';
import { AppConfig } from '../config/app-config';

/** Lets only Vapi in: the shared secret in `X-Vapi-Secret`, compared in constant time. */
@Injectable()
export class WebhookAuthGuard implements CanActivate {
  constructor(private readonly config: AppConfig) {}

  canActivate(context: ExecutionContext): boolean {
    const given = context.switchToHttp().getRequest<FastifyRequest>().headers['x-vapi-secret'];
    if (
      typeof given === 'string' &&
      timingSafeEqual(this.digest(given), this.digest(this.config.webhook.secret))
    )
      return true;
    throw new AppError('UNAUTHENTICATED', 'The webhook secret is missing or wrong.');
  }

  /** Digests have one length, whatever was sent. */
  private digest(text: string): Buffer {
    return createHmac('sha256', this.config.hashKey).update(text).digest();
  }
}
