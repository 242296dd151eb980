import type { Router, UrlTree } from '@angular/router';

const SIGN_IN = '/sign-in';

/** The way to the sign-in page that leads back to `url` afterwards. */
export function toSignIn(router: Router, url: string): UrlTree {
  const isWorthReturning = url !== '/' && !url.startsWith(SIGN_IN);
  return router.createUrlTree([SIGN_IN], { queryParams: isWorthReturning ? { returnUrl: url } : {} });
}

/** Only a path of this application: a link to the sign-in page must not be able to send people elsewhere. */
export const safeReturnUrl = (url: string | undefined): string =>
  url !== undefined && /^\/(?![/\\])/.test(url) ? url : '/numbers';
