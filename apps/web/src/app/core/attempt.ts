import { firstValueFrom, type Observable } from 'rxjs';
import { type ApiProblem, toApiProblem } from './api-problem';

/** Carries out a request. Null when it succeeded, else why not. */
export const attempt = (request: Observable<unknown>): Promise<ApiProblem | null> =>
  firstValueFrom(request, { defaultValue: undefined }).then(() => null, toApiProblem);
