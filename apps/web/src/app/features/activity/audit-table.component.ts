import { Component, input, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { AuditEntryResponse } from '@voxreach/contracts';
import { t } from '../../core/i18n/translate';
import { TranslatePipe } from '../../core/i18n/translate.pipes';
import { IconComponent } from '../../shared/ui/icon.component';
import { timeToTheSecond } from '../../shared/ui/relative-time';
import { TimeAgoComponent } from '../../shared/ui/time-ago.component';
import { actorWords, whatWords } from './audit-words';
import { PhonePipe } from '../phone-numbers/phone-format';
import { AuditDetailsComponent } from './audit-details.component';
import { OutcomeBadgeComponent } from './outcome-badge.component';
import { ReferenceNames } from './reference-names';

/** Entries, each of which opens to show what was changed. */
@Component({
  selector: 'app-audit-table',
  imports: [
    AuditDetailsComponent,
    IconComponent,
    OutcomeBadgeComponent,
    PhonePipe,
    RouterLink,
    TimeAgoComponent,
    TranslatePipe,
  ],
  providers: [ReferenceNames],
  templateUrl: './audit-table.component.html',
  styleUrl: './audit-table.component.scss',
})
export class AuditTableComponent {
  readonly entries = input.required<readonly AuditEntryResponse[]>();
  readonly label = input.required<string>();
  readonly isLoading = input(false);
  /** False where all of them were done to the same thing. */
  readonly showsTarget = input(true);

  private readonly open = signal<ReadonlySet<string>>(new Set());
  protected readonly placeholders = [1, 2, 3, 4, 5];
  protected readonly whatWords = whatWords;
  protected readonly actorWords = actorWords;

  protected isOpen({ id }: AuditEntryResponse): boolean {
    return this.open().has(id);
  }

  protected toggle({ id }: AuditEntryResponse): void {
    this.open.update((open) =>
      open.has(id) ? new Set([...open].filter((other) => other !== id)) : new Set(open).add(id),
    );
  }

  /** Where what was changed can be seen, if it is still there. */
  protected linkTo({ target, action }: AuditEntryResponse): string | null {
    const isGone = action === 'phone_number.remove';
    return target?.type === 'phone_number' && target.id !== null && !isGone ? `/numbers/${target.id}` : null;
  }

  protected labelOf(entry: AuditEntryResponse): string {
    const what = whatWords(entry);
    const time = timeToTheSecond(entry.createdAt);
    const target = entry.target?.name;
    return target
      ? t('Details: {what}, {target}, {time}', { what, target, time })
      : t('Details: {what}, {time}', { what, time });
  }
}
