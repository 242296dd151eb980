import { computed, DestroyRef, inject, signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import type { AuditPage, PageQuery } from '@voxreach/contracts';
import type { Observable, Subscription } from 'rxjs';
import { type ApiProblem, toApiProblem } from '../../core/api-problem';

type Read = (page: PageQuery) => Observable<AuditPage>;

const NOTHING: AuditPage = { items: [], nextCursor: null };

/** Entries as far as they have been read, the newest first. Create it where the component's fields are initialised. */
export class AuditFeed {
  private readonly destroyed = inject(DestroyRef);
  private readonly page = signal(NOTHING);
  private readonly reading = signal(false);
  private readonly failure = signal<ApiProblem | null>(null);
  private read?: Read;
  private request?: Subscription;

  readonly entries = computed(() => this.page().items);
  readonly hasMore = computed(() => this.page().nextCursor !== null);
  readonly isLoading = this.reading.asReadonly();
  readonly problem = this.failure.asReadonly();

  constructor(private readonly limit: number) {}

  /** Begins anew. What is shown stays there until the answer has arrived, when the same is read again. */
  show(read: Read, isSame = false): void {
    this.read = read;
    if (!isSame) this.page.set(NOTHING);
    this.start(undefined);
  }

  /** Goes on where it stopped, also after a failure. */
  load(): void {
    this.start(this.page().nextCursor ?? undefined);
  }

  private start(cursor: string | undefined): void {
    if (this.read === undefined) return;
    this.request?.unsubscribe();
    this.failure.set(null);
    this.reading.set(true);
    this.request = this.read({ limit: this.limit, cursor })
      .pipe(takeUntilDestroyed(this.destroyed))
      .subscribe({
        next: ({ items, nextCursor }) => {
          const before = cursor === undefined ? [] : this.entries();
          this.page.set({ items: [...before, ...items], nextCursor });
          this.reading.set(false);
        },
        error: (error: unknown) => {
          this.failure.set(toApiProblem(error));
          this.reading.set(false);
        },
      });
  }
}
