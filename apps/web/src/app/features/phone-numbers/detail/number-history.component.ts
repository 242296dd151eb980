import { Component, computed, effect, inject, input, untracked } from '@angular/core';
import { MatButton } from '@angular/material/button';
import type { AuditPage, PageQuery, PhoneNumberResponse } from '@voxreach/contracts';
import type { Observable } from 'rxjs';
import { SaidPipe, TranslatePipe } from '../../../core/i18n/translate.pipes';
import { Kept } from '../../../core/kept';
import { AuditApi } from '../../activity/audit.api';
import { AuditFeed } from '../../activity/audit-feed';
import { AuditTableComponent } from '../../activity/audit-table.component';

const PAGE = 10;

/** What was done to this number, and by whom. */
@Component({
  selector: 'app-number-history',
  imports: [AuditTableComponent, MatButton, SaidPipe, TranslatePipe],
  template: `
    <h2 id="history-heading">{{ 'History' | t }}</h2>
    @if (feed.entries().length > 0 || feed.isLoading()) {
      <app-audit-table
        [label]="'History' | t"
        [showsTarget]="false"
        [entries]="feed.entries()"
        [isLoading]="feed.isLoading()"
      />
    } @else if (feed.problem() === null) {
      <p class="muted">{{ 'Nothing was written down for this number yet.' | t }}</p>
    }
    @if (feed.problem(); as problem) {
      <p class="notice notice-error" role="alert">
        {{ 'The history could not be read.' | t }} {{ problem.detail | said }}
      </p>
      <div>
        <button matButton="outlined" type="button" (click)="feed.load()">{{ 'Try again' | t }}</button>
      </div>
    } @else if (feed.hasMore()) {
      <div>
        <button matButton="outlined" type="button" [disabled]="feed.isLoading()" (click)="feed.load()">
          {{ (feed.isLoading() ? 'Loading…' : 'Show more') | t }}
        </button>
      </div>
    }
  `,
  styles: `
    :host {
      display: flex;
      flex-direction: column;
      gap: var(--space-3);
      margin-block-start: var(--space-4);
    }
  `,
})
export class NumberHistoryComponent {
  readonly number = input.required<PhoneNumberResponse>();

  private readonly api = inject(AuditApi);
  private readonly kept = inject(Kept);
  protected readonly feed = new AuditFeed(PAGE);

  private readonly id = computed(() => this.number().id);
  private readonly version = computed(() => `${this.id()} ${this.number().updatedAt}`);

  constructor() {
    let shown: string | undefined;
    // Read again after every change, which is its newest entry.
    effect(() => {
      this.version();
      const id = this.id();
      const isSame = id === shown;
      untracked(() => this.feed.show((page) => this.read(id, page, isSame), isSame));
      shown = id;
    });
  }

  /** The newest entries are kept for when somebody comes back. */
  private read(id: string, page: PageQuery, isSame: boolean): Observable<AuditPage> {
    const entries = this.api.ofNumber(id, page);
    if (page.cursor !== undefined) return entries;
    const name = `/api/phone-numbers/${id}/history`;
    return isSame ? this.kept.renew(name, entries) : this.kept.read(name, entries);
  }
}
