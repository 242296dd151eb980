import { Injectable, type PipeTransform } from '@nestjs/common';
import { AppError } from './app-error';

/** Lets only JSON objects through: arrays, texts, numbers and nothing at all are no body of ours. */
@Injectable()
export class JsonObjectPipe implements PipeTransform<unknown, object> {
  transform(value: unknown): object {
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
    throw new AppError('VALIDATION_FAILED', 'Send a JSON object as the body.');
  }
}
