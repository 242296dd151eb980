import { computed, DestroyRef, inject, Service, signal, type WritableSignal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import type { PhoneNumberPage, PhoneNumberResponse } from '@voxreach/contracts';
import { EMPTY, expand, type Observable, reduce, type Subscription } from 'rxjs';
import { type ApiProblem, toApiProblem } from '../../../core/api-problem';
import { Session } from '../../../core/session/session';
import { NumberChanges } from '../number-changes';
import { PhoneNumbersApi } from '../phone-numbers.api';
import type { NumberListQuery } from './number-list.query';
import { NumberSelection } from './number-selection';

/** As many as a screen needs at first; then as many as the API gives at once. */
const FIRST = 25;
const MOST = 100;
const NOTHING: PhoneNumberPage = { items: [], nextCursor: null };

/** The list as far as it has been read. Stays while the number pages are open, so that Back finds it as it was. */
@Service({ autoProvided: false })
export class NumberListStore {
  private readonly api = inject(PhoneNumbersApi);
  private readonly session = inject(Session);
  private readonly destroyed = inject(DestroyRef);
  private readonly page = signal(NOTHING);
  private readonly isReading = signal(false);
  private readonly isReadingMore = signal(false);
  private readonly isFirstReading = signal(true);
  private readonly failure = signal<ApiProblem | null>(null);
  private readonly failureOfMore = signal<ApiProblem | null>(null);
  private query: NumberListQuery = {};
  private organizationId?: string;
  private reading?: Subscription;
  private isAhead = false;

  readonly numbers = computed(() => this.page().items);
  readonly hasMore = computed(() => this.page().nextCursor !== null);
  readonly isLoading = this.isReading.asReadonly();
  /** Nothing has been read yet, so that nobody knows whether there are numbers at all. */
  readonly isUnknown = this.isFirstReading.asReadonly();
  readonly isLoadingMore = this.isReadingMore.asReadonly();
  /** Why the list could not be read, and why not its next numbers. */
  readonly problem = this.failure.asReadonly();
  readonly problemOfMore = this.failureOfMore.asReadonly();
  /** Whether the next numbers may be asked for without anybody wanting it: what failed is left to people. */
  readonly mayGoOn = computed(
    () => this.hasMore() && !this.isReading() && !this.isReadingMore() && this.problemOfMore() === null,
  );
  readonly selection = new NumberSelection(this.numbers);

  constructor() {
    const changes = inject(NumberChanges);
    changes.changed.pipe(takeUntilDestroyed()).subscribe(({ value }) => this.replace(value));
    changes.removed.pipe(takeUntilDestroyed()).subscribe((id) => this.drop(id));
  }

  /** Begins to read what the page, which is still on its way, will show. */
  readAhead(query: NumberListQuery): void {
    this.isAhead = false;
    this.show(query);
    this.isAhead = true;
  }

  /** Shows what this query finds. What is on the screen for the same query stays there while it is read again. */
  show(query: NumberListQuery): void {
    const organizationId = this.session.organization()?.id;
    if (organizationId !== this.organizationId) this.page.set(NOTHING);
    const isSame = JSON.stringify(query) === JSON.stringify(this.query);
    const isBegun = isSame && this.isAhead;
    this.isAhead = false;
    if (isBegun) return;
    this.organizationId = organizationId;
    this.query = query;
    this.read(isSame ? this.numbers().length : FIRST);
  }

  retry(): void {
    this.read(this.numbers().length);
  }

  loadMore(): void {
    const cursor = this.page().nextCursor;
    if (cursor === null || this.isReadingMore()) return;
    this.isReadingMore.set(true);
    this.start(
      this.api.list({ ...this.query, limit: MOST, cursor }),
      ({ items, nextCursor }) =>
        this.page.update((page) => ({ items: [...page.items, ...items], nextCursor })),
      this.failureOfMore,
    );
  }

  private read(count: number): void {
    this.isReading.set(true);
    this.start(
      this.firstNumbers(count),
      (page) => {
        this.page.set(page);
        this.selection.prune();
      },
      this.failure,
    );
  }

  private start(
    request: Observable<PhoneNumberPage>,
    arrived: (page: PhoneNumberPage) => void,
    failure: WritableSignal<ApiProblem | null>,
  ): void {
    this.reading?.unsubscribe();
    this.failure.set(null);
    this.failureOfMore.set(null);
    const settle = () => {
      this.isReading.set(false);
      this.isFirstReading.set(false);
      this.isReadingMore.set(false);
    };
    this.reading = request.pipe(takeUntilDestroyed(this.destroyed)).subscribe({
      next: (page) => {
        arrived(page);
        settle();
      },
      error: (error: unknown) => {
        failure.set(toApiProblem(error));
        settle();
      },
    });
  }

  private firstNumbers(count: number): Observable<PhoneNumberPage> {
    const limit = Math.min(MOST, Math.max(FIRST, count));
    let missing = count - limit;
    return this.api.list({ ...this.query, limit }).pipe(
      expand(({ nextCursor }) => {
        if (nextCursor === null || missing <= 0) return EMPTY;
        missing -= limit;
        return this.api.list({ ...this.query, limit, cursor: nextCursor });
      }),
      reduce((all, { items, nextCursor }) => ({ items: [...all.items, ...items], nextCursor }), NOTHING),
    );
  }

  private replace(changed: PhoneNumberResponse): void {
    this.page.update((page) => ({
      ...page,
      items: page.items.map((number) => (number.id === changed.id ? changed : number)),
    }));
  }

  private drop(id: string): void {
    this.page.update((page) => ({ ...page, items: page.items.filter((number) => number.id !== id) }));
  }
}
