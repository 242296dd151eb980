import { inject, type ResourceRef, Service } from '@angular/core';
import { rxResource } from '@angular/core/rxjs-interop';
import { type Observable, startWith, tap } from 'rxjs';
import { Session } from './session/session';

/** What the API has answered, for pages to draw at once when somebody comes back to them. In memory only, and of one person in one organisation. */
@Service()
export class Kept {
  private readonly session = inject(Session);
  private readonly answers = new Map<string, unknown>();
  private owner: string | null = null;

  /** First what was answered under this name before, then what `request` answers now. */
  read<T>(name: string, request: Observable<T>): Observable<T> {
    const fresh = this.renew(name, request);
    return this.answers.has(name) ? fresh.pipe(startWith(this.answers.get(name) as T)) : fresh;
  }

  /** Only what is answered now, which is kept. */
  renew<T>(name: string, request: Observable<T>): Observable<T> {
    const owner = this.session.identity();
    if (owner !== this.owner) this.answers.clear();
    this.owner = owner;
    return request.pipe(
      tap((answer) => {
        if (owner === this.owner) this.answers.set(name, answer);
      }),
    );
  }
}

/**
 * Reads for a page: what is kept is drawn at once, and again as it is now. The name may depend on signals; without one nothing is read. Create it
 * where the component's fields are initialised.
 */
export function keptResource<T>(
  name: string | (() => string | undefined),
  read: () => Observable<T>,
): ResourceRef<T | undefined> {
  const kept = inject(Kept);
  let shown: string | undefined;
  return rxResource({
    params: () => (typeof name === 'string' ? name : name()),
    stream: ({ params }) => {
      // What is read anew replaces what is on the screen, which may be newer than what is kept.
      const isSame = params === shown;
      shown = params;
      return isSame ? kept.renew(params, read()) : kept.read(params, read());
    },
  });
}
