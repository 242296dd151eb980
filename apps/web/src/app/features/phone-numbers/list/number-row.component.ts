import { Component, computed, inject, input, output } from '@angular/core';
import type { MatMenu } from '@angular/material/menu';
import { MatMenuTrigger } from '@angular/material/menu';
import { RouterLink } from '@angular/router';
import type { PhoneNumberResponse } from '@voxreach/contracts';
import { Arrival } from '../../../core/arrival';
import { SaidPipe, TranslatePipe } from '../../../core/i18n/translate.pipes';
import { CopyButtonComponent } from '../../../shared/ui/copy-button.component';
import { IconComponent } from '../../../shared/ui/icon.component';
import { ProviderBadgeComponent } from '../../../shared/ui/provider-badge.component';
import { StatusBadgeComponent } from '../../../shared/ui/status-badge.component';
import { TimeAgoComponent } from '../../../shared/ui/time-ago.component';
import { NumberChanges } from '../number-changes';
import { PhoneFormat } from '../phone-format';
import { lockOf } from '../status-meaning';
import { InlineRenameComponent } from './inline-rename.component';
import { FiguresComponent } from '../../../shared/ui/figures.component';

/** One number. The whole row leads to its page; its controls lie above that link. */
@Component({
  selector: 'app-number-row',
  imports: [
    FiguresComponent,
    CopyButtonComponent,
    IconComponent,
    InlineRenameComponent,
    MatMenuTrigger,
    ProviderBadgeComponent,
    RouterLink,
    SaidPipe,
    StatusBadgeComponent,
    TimeAgoComponent,
    TranslatePipe,
  ],
  host: { role: 'row', '[attr.aria-busy]': 'isSaving()', '[class.is-selected]': 'isSelected()' },
  templateUrl: './number-row.component.html',
  styleUrl: './number-row.component.scss',
})
export class NumberRowComponent {
  readonly number = input.required<PhoneNumberResponse>();
  /** What all rows have in common, once it is here. */
  readonly agentMenu = input<MatMenu>();
  readonly isSelected = input(false);
  readonly selecting = output<{ isSelected: boolean; isRange: boolean }>();
  readonly removing = output();

  protected readonly arrival = inject(Arrival);
  private readonly phones = inject(PhoneFormat);
  private readonly changes = inject(NumberChanges);

  protected readonly mayWrite = this.changes.mayWrite;
  protected readonly title = computed(() => this.phones.title(this.number()));
  /** User and host of a SIP address, without the scheme, which would take the room of what tells it from others. */
  protected readonly parts = computed(() =>
    this.title()
      .replace(/^sips?:/, '')
      .split(/(?=@)/),
  );
  protected readonly address = computed(() => this.number().number ?? this.number().sipUri);
  protected readonly isUnnamed = computed(() => this.number().name === this.address());
  protected readonly lock = computed(() => lockOf(this.number()));
  protected readonly isSaving = computed(() => this.changes.saving().has(this.number().id));

  /** With shift a click selects a range of rows, not the text between. */
  protected keepText(event: MouseEvent): void {
    if (event.shiftKey) event.preventDefault();
  }

  protected rename(name: string): void {
    void this.changes.rename(this.number(), name);
  }
}
