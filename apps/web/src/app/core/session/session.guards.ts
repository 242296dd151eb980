import { inject } from '@angular/core';
import { type CanActivateFn, type CanMatchFn, Router } from '@angular/router';
import { Session } from './session';
import { toSignIn } from './to-sign-in';

/** For everything behind the sign-in. */
export const signedIn: CanActivateFn = async (_route, { url }) => {
  const session = inject(Session);
  const router = inject(Router);
  await session.restore();
  return session.isSignedIn() || toSignIn(router, url);
};

/** For what others find elsewhere. */
export const whoIsSignedIn: CanMatchFn = async () => {
  const session = inject(Session);
  await session.restore();
  return session.isSignedIn();
};

/** For the pages that make a session: whoever has one is led to their numbers. */
export const signedOut: CanActivateFn = async () => {
  const session = inject(Session);
  const router = inject(Router);
  await session.restore();
  return !session.isSignedIn() || router.createUrlTree(['/numbers']);
};
