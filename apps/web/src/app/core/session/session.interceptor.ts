import { HttpErrorResponse, type HttpInterceptorFn, type HttpRequest } from '@angular/common/http';
import { inject } from '@angular/core';
import { Router } from '@angular/router';
import { catchError, from, switchMap, throwError } from 'rxjs';
import { Session } from './session';
import { WITHOUT_SESSION } from './session.api';
import { toSignIn } from './to-sign-in';

const isOurs = (request: HttpRequest<unknown>): boolean =>
  request.url.startsWith('/api/') && !request.context.get(WITHOUT_SESSION);

const isUnauthenticated = (error: unknown): boolean =>
  error instanceof HttpErrorResponse && error.status === 401;

const withToken = <T>(request: HttpRequest<T>, token: string | null): HttpRequest<T> =>
  token === null ? request : request.clone({ setHeaders: { Authorization: `Bearer ${token}` } });

/** Adds the access token; when it is refused, gets a new one and repeats the request once. */
export const sessionInterceptor: HttpInterceptorFn = (request, next) => {
  if (!isOurs(request)) return next(request);
  const session = inject(Session);
  const router = inject(Router);
  const token = session.accessToken();

  return next(withToken(request, token)).pipe(
    catchError((refused: unknown) => {
      if (!isUnauthenticated(refused)) return throwError(() => refused);
      return from(session.renewWhenUsed(token)).pipe(
        switchMap((fresh) => {
          if (fresh !== null) return next(withToken(request, fresh));
          void router.navigateByUrl(toSignIn(router, router.url));
          return throwError(() => refused);
        }),
      );
    }),
  );
};
