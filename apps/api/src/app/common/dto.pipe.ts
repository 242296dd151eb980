import { ValidationPipe } from '@nestjs/common';
import { type ClassOf, flattenErrors } from '@voxreach/contracts';
import type { ValidationError } from 'class-validator';
import { AppError } from './app-error';

/** Refusals of the request, field by field. */
export const validationFailed = (errors: { path: string; message: string }[]): AppError =>
  new AppError(
    'VALIDATION_FAILED',
    'Some of the fields cannot be accepted. Mend them and send the request again.',
    {
      errors,
    },
  );

/** Checks a body or query against its DTO class: unknown fields are refused, every refused field is named. */
export const dtoPipe = (expectedType?: ClassOf<object>): ValidationPipe =>
  new ValidationPipe({
    ...(expectedType === undefined ? {} : { expectedType }),
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    validationError: { target: false, value: false },
    exceptionFactory: (errors: ValidationError[]) => validationFailed(flattenErrors(errors)),
  });
