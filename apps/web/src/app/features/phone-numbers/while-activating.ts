import { DOCUMENT, effect, inject, type Signal } from '@angular/core';
import type { PhoneNumberResponse } from '@voxreach/contracts';
import { catchError, EMPTY, exhaustMap, filter, interval, mergeMap } from 'rxjs';
import { NumberChanges } from './number-changes';
import { PhoneNumbersApi } from './phone-numbers.api';

const PERIOD = 3_000;

/** Reads numbers that are activating again until they have settled, as long as the page can be seen. */
export function refreshWhileActivating(numbers: Signal<readonly PhoneNumberResponse[]>): void {
  const api = inject(PhoneNumbersApi);
  const changes = inject(NumberChanges);
  const document = inject(DOCUMENT);

  effect((cleanUp) => {
    const ids = numbers()
      .filter(({ status }) => status === 'activating')
      .map(({ id }) => id);
    if (ids.length === 0) return;
    const reading = interval(PERIOD)
      .pipe(
        filter(() => document.visibilityState === 'visible'),
        // One that cannot be read now is read again next time.
        exhaustMap(() => ids),
        mergeMap((id) => api.get(id).pipe(catchError(() => EMPTY)), 4),
      )
      .subscribe((number) => changes.report(number));
    cleanUp(() => reading.unsubscribe());
  });
}
