import { inject, type Signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import type { PhoneNumberResponse } from '@voxreach/contracts';
import { catchError, EMPTY, filter, groupBy, mergeMap, share, switchMap, throttleTime } from 'rxjs';
import { toApiProblem } from '../../core/api-problem';
import { ChangeFeed, type News } from '../../core/change-feed';
import { NumberChanges } from './number-changes';
import { PhoneNumbersApi } from './phone-numbers.api';

/** When many others change, as in an import, the whole list is read once in this time at most. In milliseconds. */
const OTHERS_MS = 1_000;

/**
 * Keeps the numbers on the screen as they are, whoever changes them, for as long as the page is open. `others` is called when one has changed
 * that is not among them: it may be new.
 */
export function followNumbers(
  numbers: Signal<readonly PhoneNumberResponse[]>,
  others: () => void = () => undefined,
): void {
  const api = inject(PhoneNumbersApi);
  const changes = inject(NumberChanges);

  /** Which of the numbers may be other than shown. */
  const outdatedBy = (news: News): string[] =>
    numbers()
      .filter(({ id, status }) => (news === 'listening' ? status === 'activating' : id === news.id))
      .map(({ id }) => id);

  const isOther = (news: News): boolean =>
    news !== 'listening' && !numbers().some(({ id }) => id === news.id);

  const read = (id: string) =>
    api.get(id).pipe(
      catchError((error: unknown) => {
        if (toApiProblem(error).code === 'NOT_FOUND') changes.reportGone(id);
        // One that cannot be read now is read again when it changes.
        return EMPTY;
      }),
    );

  const news = inject(ChangeFeed).news.pipe(share());
  news
    .pipe(
      filter(isOther),
      throttleTime(OTHERS_MS, undefined, { leading: true, trailing: true }),
      takeUntilDestroyed(),
    )
    .subscribe(others);
  news
    .pipe(
      mergeMap(outdatedBy),
      // Of one number, only the newest answer counts.
      groupBy((id) => id),
      mergeMap((same) => same.pipe(switchMap(read))),
      takeUntilDestroyed(),
    )
    .subscribe((number) => changes.report(number));
}
