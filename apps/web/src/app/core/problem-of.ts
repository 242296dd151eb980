import { computed, type Resource, type Signal } from '@angular/core';
import { type ApiProblem, toApiProblem } from './api-problem';

/** Why something could not be read, in words; null when it was, or is being read. */
export function problemIn(reading: Resource<unknown>): ApiProblem | null {
  const error = reading.error();
  // A resource wraps what it was rejected with.
  return error === undefined ? null : toApiProblem(error.cause ?? error);
}

/** The same as a signal. */
export const problemOf = (reading: Resource<unknown>): Signal<ApiProblem | null> =>
  computed(() => problemIn(reading));
