import { HttpErrorResponse, type HttpInterceptorFn } from '@angular/common/http';
import { Injector, inject } from '@angular/core';
import { catchError, from, switchMap, throwError } from 'rxjs';
import type { Sentence } from '../i18n/sentences';
import { NOT_LOADED } from '../not-loaded';
import { codeOf, parsedBody } from '../parsed-body';

const NOT_CONFIRMED: Sentence =
  'Nothing was changed, because you did not confirm that it is you. Try again when you have your password or code at hand.';

type Body = Record<string, unknown>;

const bodyOf = ({ error }: HttpErrorResponse): Body => (parsedBody(error) ?? {}) as Body;

const needsConfirmation = (error: unknown): error is HttpErrorResponse =>
  error instanceof HttpErrorResponse && error.status === 403 && codeOf(error) === 'STEP_UP_REQUIRED';

const saying = (detail: Sentence, refused: HttpErrorResponse): HttpErrorResponse =>
  new HttpErrorResponse({
    headers: refused.headers,
    status: refused.status,
    statusText: refused.statusText,
    url: refused.url ?? undefined,
    error: { ...bodyOf(refused), detail },
  });

/** Loaded when it is needed: few requests ask for it, and the dialog would weigh on every start of the page. */
async function confirm(injector: Injector): Promise<boolean> {
  const { StepUp } = await import('../../features/auth/step-up');
  return injector.get(StepUp).confirm();
}

/** What needs a fresh proof of who one is asks for it, and is repeated afterwards. */
export const stepUpInterceptor: HttpInterceptorFn = (request, next) => {
  const injector = inject(Injector);
  return next(request).pipe(
    catchError((refused: unknown) => {
      if (!needsConfirmation(refused)) return throwError(() => refused);
      return from(confirm(injector)).pipe(
        catchError(() => throwError(() => saying(NOT_LOADED, refused))),
        switchMap((isConfirmed) =>
          isConfirmed ? next(request) : throwError(() => saying(NOT_CONFIRMED, refused)),
        ),
      );
    }),
  );
};
