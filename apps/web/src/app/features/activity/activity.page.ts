import { Component, computed, effect, inject, input, signal, untracked } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { Router } from '@angular/router';
import type { PageQuery } from '@voxreach/contracts';
import { firstValueFrom } from 'rxjs';
import { toApiProblem } from '../../core/api-problem';
import { SaidPipe, TranslatePipe } from '../../core/i18n/translate.pipes';
import { Kept } from '../../core/kept';
import { SaveFile } from '../../core/save-file';
import { Announcer } from '../../shared/ui/announcer';
import { MessageComponent } from '../../shared/ui/message.component';
import { ActivityFiltersComponent } from './activity-filters.component';
import { type ActivityQuery, isFiltered, readQuery, toApiQuery } from './activity.query';
import { AuditApi } from './audit.api';
import { AuditFeed } from './audit-feed';
import { AuditTableComponent } from './audit-table.component';

const PAGE = 50;

@Component({
  selector: 'app-activity',
  imports: [
    ActivityFiltersComponent,
    AuditTableComponent,
    MatButton,
    MessageComponent,
    SaidPipe,
    TranslatePipe,
  ],
  host: { class: 'page' },
  templateUrl: './activity.page.html',
  styleUrl: './activity.page.scss',
})
export class ActivityPage {
  // From the address.
  readonly action = input<string>();
  readonly outcome = input<string>();
  readonly actorId = input<string>();
  readonly from = input<string>();
  readonly to = input<string>();

  private readonly api = inject(AuditApi);
  private readonly kept = inject(Kept);
  private readonly router = inject(Router);
  private readonly files = inject(SaveFile);
  private readonly announcer = inject(Announcer);
  protected readonly feed = new AuditFeed(PAGE);
  protected readonly isExporting = signal(false);
  protected readonly query = computed(() =>
    readQuery({
      action: this.action(),
      outcome: this.outcome(),
      actorId: this.actorId(),
      from: this.from(),
      to: this.to(),
    }),
  );
  protected readonly isFiltered = computed(() => isFiltered(this.query()));
  protected readonly isEmpty = computed(
    () => this.feed.entries().length === 0 && !this.feed.isLoading() && this.feed.problem() === null,
  );

  constructor() {
    effect(() => {
      const query = toApiQuery(this.query());
      const read = (page: PageQuery) => this.api.list({ ...query, ...page });
      // Of what was read before, only the beginning is drawn again at once.
      const begin = (page: PageQuery) => this.kept.read(`/api/audit ${JSON.stringify(query)}`, read(page));
      untracked(() => this.feed.show((page) => (page.cursor === undefined ? begin(page) : read(page))));
    });
  }

  /** Replaced in the history, so that Back leaves the page instead of undoing each filter. */
  protected choose(part: ActivityQuery): void {
    void this.router.navigate([], { queryParams: part, queryParamsHandling: 'merge', replaceUrl: true });
  }

  protected clear(): void {
    void this.router.navigate([], { replaceUrl: true });
  }

  protected async export(): Promise<void> {
    this.isExporting.set(true);
    try {
      this.files.saveCsv('activity', await firstValueFrom(this.api.export(toApiQuery(this.query()))));
    } catch (error) {
      this.announcer.failed(toApiProblem(error));
    } finally {
      this.isExporting.set(false);
    }
  }
}
