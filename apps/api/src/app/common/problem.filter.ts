import { STATUS_CODES } from 'node:http';
import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Logger } from '@nestjs/common';
import { type ErrorCode, HTTP_STATUS_OF, type ProblemResponse } from '@voxreach/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isOverloaded } from '../prisma/prisma-errors';
import { VapiError } from '../vapi/vapi.error';
import { AppError, tooMuch } from './app-error';
import { upstreamUnavailable } from './upstream-error';

/** Turns whatever was thrown into `application/problem+json`. Causes stay in the log, under the request's id. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('Requests');

  /** `note` learns of every problem before it is answered. */
  constructor(private readonly note: (error: AppError, request: FastifyRequest) => Promise<void>) {}

  async catch(exception: unknown, host: ArgumentsHost): Promise<void> {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const error = toAppError(exception);
    if (error.code === 'INTERNAL')
      this.logger.error({ err: exception, requestId: request.id }, 'Unexpected failure');
    await this.note(error, request);
    sendProblem(reply, error, request.id);
  }
}

/** Answers with `application/problem+json`. */
export function sendProblem(reply: FastifyReply, error: AppError, requestId: string): void {
  if (error.retryAfterSeconds !== undefined) {
    void reply.header('retry-after', Math.ceil(error.retryAfterSeconds));
  }
  void reply
    .header('x-request-id', requestId)
    .status(HTTP_STATUS_OF[error.code])
    .type('application/problem+json')
    .send(toProblem(error, requestId));
}

export function toProblem(error: AppError, requestId: string): ProblemResponse {
  const status = HTTP_STATUS_OF[error.code];
  return {
    type: 'about:blank',
    title: STATUS_CODES[status] ?? 'Error',
    status,
    detail: error.detail,
    code: error.code,
    requestId,
    ...(error.errors === undefined ? {} : { errors: error.errors }),
    ...(error.usedBy === undefined ? {} : { usedBy: error.usedBy }),
  };
}

function toAppError(exception: unknown): AppError {
  if (exception instanceof AppError) return exception;
  if (exception instanceof VapiError) {
    return exception.kind === 'rejected'
      ? new AppError('PROVIDER_REJECTED', exception.messages.join(' ') || 'Vapi refused this request.')
      : upstreamUnavailable(exception, 'Nothing was changed.');
  }
  if (isOverloaded(exception)) return tooMuch(exception);
  const status = statusOf(exception);
  const known = status === undefined ? undefined : FRAMEWORK_ERRORS[status];
  if (known !== undefined) return new AppError(...known);
  return new AppError(
    'INTERNAL',
    'Something went wrong on our side. It has been logged; try again, and quote the request id to support.',
  );
}

/** What Nest and Fastify refuse before our code runs. Their own texts may quote the body, so they are not used. */
const FRAMEWORK_ERRORS: Partial<Record<number, [ErrorCode, string]>> = {
  400: ['VALIDATION_FAILED', 'The request could not be read. Send a JSON object as the body.'],
  404: ['NOT_FOUND', 'There is nothing at this address.'],
  405: ['NOT_FOUND', 'There is nothing at this address.'],
  413: ['PAYLOAD_TOO_LARGE', 'The request is too large.'],
  414: ['VALIDATION_FAILED', 'The address is too long.'],
  415: ['UNSUPPORTED_MEDIA_TYPE', 'Send the body as application/json.'],
  431: ['VALIDATION_FAILED', 'The request headers are too large.'],
};

function statusOf(exception: unknown): number | undefined {
  if (exception instanceof HttpException) return exception.getStatus();
  const status = exception instanceof Error && 'statusCode' in exception ? exception.statusCode : undefined;
  return typeof status === 'number' ? status : undefined;
}
