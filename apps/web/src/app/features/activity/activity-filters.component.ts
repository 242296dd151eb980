import { Component, computed, inject, input, output } from '@angular/core';
import { AUDIT_OUTCOMES, type AuditAction, type AuditOutcome } from '@voxreach/contracts';
import { t } from '../../core/i18n/translate';
import { SaidPipe, TranslatePipe } from '../../core/i18n/translate.pipes';
import { keptResource } from '../../core/kept';
import { ApiKeysApi } from '../settings/api-keys.api';
import { OrganizationApi } from '../settings/organization.api';
import type { ActivityQuery } from './activity.query';
import { dayInWords } from '../../shared/ui/relative-time';
import { ACTION_GROUPS } from './audit-words';
import { outcomeWord } from './outcome-badge.component';

@Component({
  selector: 'app-activity-filters',
  imports: [SaidPipe, TranslatePipe],
  host: { role: 'search' },
  templateUrl: './activity-filters.component.html',
  styleUrl: './activity-filters.component.scss',
})
export class ActivityFiltersComponent {
  readonly query = input.required<ActivityQuery>();
  /** The part of the query that was chosen anew; undefined takes a filter away. */
  readonly chosen = output<ActivityQuery>();

  private readonly organization = inject(OrganizationApi);
  private readonly apiKeys = inject(ApiKeysApi);
  // Without an answer there is less to choose from, and the rest still works.
  private readonly readingMembers = keptResource('/api/members', () => this.organization.members());
  private readonly readingKeys = keptResource('/api/api-keys', () => this.apiKeys.list());
  protected readonly members = computed(() =>
    this.readingMembers.hasValue() ? this.readingMembers.value() : [],
  );
  protected readonly keys = computed(() => (this.readingKeys.hasValue() ? this.readingKeys.value() : []));
  protected readonly groups = ACTION_GROUPS;
  protected readonly outcomes = AUDIT_OUTCOMES;
  protected readonly outcomeWord = outcomeWord;

  protected wordsOf(day: string | undefined): string {
    return day === undefined ? t('Any day') : dayInWords(day);
  }

  protected chooseAction(value: string): void {
    this.chosen.emit({ action: (value || undefined) as AuditAction | undefined });
  }

  protected chooseOutcome(value: string): void {
    this.chosen.emit({ outcome: (value || undefined) as AuditOutcome | undefined });
  }

  protected chooseActor(value: string): void {
    this.chosen.emit({ actorId: value || undefined });
  }

  protected chooseDay(end: 'from' | 'to', value: string): void {
    this.chosen.emit({ [end]: value || undefined });
  }
}
