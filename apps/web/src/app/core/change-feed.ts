import { HttpClient, HttpEventType } from '@angular/common/http';
import { DOCUMENT, inject, Service } from '@angular/core';
import type { ChangeEvent } from '@voxreach/contracts';
import {
  catchError,
  defer,
  distinctUntilChanged,
  EMPTY,
  fromEvent,
  map,
  mergeMap,
  type Observable,
  repeat,
  startWith,
  switchMap,
  tap,
  timeout,
  timer,
} from 'rxjs';

const ROUTE = '/api/events';

/** Longer than two signs of life of the API: a connection that has been silent for so long is dead. In milliseconds. */
const SILENCE_MS = 50_000;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 60_000;

/** `listening` each time a connection stands: what happened before it may have been missed. */
export type News = 'listening' | ChangeEvent;

/** The events of a piece of the stream that ends with an event. */
function changesIn(text: string): ChangeEvent[] {
  return text
    .split('\n\n')
    .map((event) => event.split('\n'))
    .filter((lines) => lines.includes('event: change'))
    .flatMap((lines) => lines.filter((line) => line.startsWith('data: ')))
    .map((line) => JSON.parse(line.slice('data: '.length)) as ChangeEvent);
}

/** Between one half and the whole of a time that doubles, so that not all browsers come back at once. */
const waitAfter = (failures: number): number =>
  Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** failures) * (0.5 + Math.random() / 2);

/** What changes in the organisation, told by the API while somebody listens and the tab can be seen. */
@Service()
export class ChangeFeed {
  private readonly http = inject(HttpClient);
  private readonly document = inject(DOCUMENT);

  readonly news: Observable<News> = fromEvent(this.document, 'visibilitychange').pipe(
    startWith(null),
    map(() => this.document.visibilityState === 'visible'),
    distinctUntilChanged(),
    switchMap((isVisible) => (isVisible ? this.connections() : EMPTY)),
  );

  /** One connection after the other: the API ends each after some minutes, and any can be lost. */
  private connections(): Observable<News> {
    return defer(() => {
      let failures = 0;
      return this.connection().pipe(
        tap(() => (failures = 0)),
        catchError(() => EMPTY),
        repeat({ delay: () => timer(waitAfter(failures++)) }),
      );
    });
  }

  private connection(): Observable<News> {
    return defer(() => {
      let read = 0;
      // Not an EventSource, which can send no token.
      return this.http
        .get(ROUTE, { observe: 'events', reportDownloadProgress: true, responseType: 'text' })
        .pipe(
          timeout({ each: SILENCE_MS }),
          mergeMap((event): News[] => {
            if (event.type === HttpEventType.ResponseHeader) return event.ok ? ['listening'] : [];
            if (event.type !== HttpEventType.DownloadProgress) return [];
            const text = event.partialText ?? '';
            const end = text.lastIndexOf('\n\n') + 2;
            if (end <= read) return [];
            const changes = changesIn(text.slice(read, end));
            read = end;
            return changes;
          }),
        );
    });
  }
}
