import type { PhoneNumberResponse } from '@voxreach/contracts';
import { catchError, concatMap, EMPTY, from, type Observable, startWith, takeWhile, timer } from 'rxjs';

const SECOND = 1_000;
/** Often at first, since most numbers settle within seconds; for a quarter of an hour in all. */
const DELAYS = [2, 3, 5, 5, 10, 10, 15, 15, 25, ...Array.from({ length: 27 }, () => 30)].map((s) => s * SECOND);

/** The number as it is now, read again until it has left `activating`. A reading that fails is left out. */
export const untilSettled = (
  first: PhoneNumberResponse,
  read: () => Observable<PhoneNumberResponse>,
): Observable<PhoneNumberResponse> =>
  from(DELAYS).pipe(
    concatMap((delay) => timer(delay).pipe(concatMap(() => read().pipe(catchError(() => EMPTY))))),
    startWith(first),
    takeWhile(({ status }) => status === 'activating', true),
  );
