import { DOCUMENT, inject, Service } from '@angular/core';
import type { PreloadingStrategy, Route } from '@angular/router';
import { defer, EMPTY, mergeMap, Observable } from 'rxjs';
import { Session } from './session/session';

/** Parts of the application are loaded before they are asked for, but after everything on the page: when the browser has nothing to do. */
@Service()
export class IdlePreloading implements PreloadingStrategy {
  private readonly session = inject(Session);
  private readonly window = inject(DOCUMENT).defaultView;

  preload(_route: Route, load: () => Observable<unknown>): Observable<unknown> {
    // Who is not signed in needs none of them yet; the router asks again after each change of the page.
    return defer(() => (this.session.isSignedIn() ? this.idle().pipe(mergeMap(load)) : EMPTY));
  }

  private idle(): Observable<void> {
    return new Observable((observer) => {
      const go = () => {
        observer.next();
        observer.complete();
      };
      const { window } = this;
      if (window === null) return;
      // Safari knows no idle time.
      if (!('requestIdleCallback' in window)) {
        const timer = setTimeout(go);
        return () => clearTimeout(timer);
      }
      const handle = window.requestIdleCallback(go);
      return () => window.cancelIdleCallback(handle);
    });
  }
}
