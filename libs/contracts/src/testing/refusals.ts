import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import type { FieldError } from '../errors/problem.response';
import type { ClassOf } from '../validation/class-of';
import { flattenErrors } from '../validation/flatten-errors';

/** What is wrong with a body, as the API would answer it. */
export const refusals = (type: ClassOf<object>, body: object): FieldError[] =>
  flattenErrors(
    validateSync(plainToInstance(type, body), {
      whitelist: true,
      forbidNonWhitelisted: true,
      forbidUnknownValues: true,
    }),
  );

/** The dotted paths of the refused fields. */
export const refusedPaths = (type: ClassOf<object>, body: object): string[] =>
  refusals(type, body).map(({ path }) => path);

/** The message at one path. */
export const messageAt = (type: ClassOf<object>, body: object, path: string): string | undefined =>
  refusals(type, body).find((error) => error.path === path)?.message;
