import { HttpErrorResponse, type HttpInterceptorFn } from '@angular/common/http';
import { inject } from '@angular/core';
import { Router } from '@angular/router';
import { tap } from 'rxjs';
import { codeOf } from '../parsed-body';
import { Session } from './session';

const SET_UP = '/settings/security';

const needsSetUp = (error: unknown): boolean =>
  error instanceof HttpErrorResponse && codeOf(error) === 'SECOND_FACTOR_SETUP_REQUIRED';

/** Whoever has yet to set up the second factor that the organisation requires is led to where that is done. */
export const secondFactorInterceptor: HttpInterceptorFn = (request, next) => {
  const session = inject(Session);
  const router = inject(Router);
  return next(request).pipe(
    tap({
      error: (refused: unknown) => {
        if (!needsSetUp(refused)) return;
        // It can begin while somebody works, who is then told why they are here.
        if (!session.needsSecondFactor()) session.refreshDetails();
        void router.navigateByUrl(SET_UP);
      },
    }),
  );
};
