import { Component, type ElementRef, input, output, viewChild } from '@angular/core';
import type { AgentResponse } from '@voxreach/contracts';
import {
  PHONE_NUMBER_STATUSES,
  type PhoneNumberSort,
  type PhoneNumberStatus,
  PROVIDER_CARDS,
  PROVIDER_IDS,
  type ProviderId,
} from '@voxreach/contracts/vocabulary';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { debounceTime, distinctUntilChanged, Subject } from 'rxjs';
import type { Sentence } from '../../../core/i18n/sentences';
import { SaidPipe, TranslatePipe } from '../../../core/i18n/translate.pipes';
import { IconComponent } from '../../../shared/ui/icon.component';
import { statusWord } from '../../../shared/ui/status-badge.component';
import type { NumberListQuery } from './number-list.query';

const TYPING_PAUSE = 250;

const SORTS: readonly { sort: PhoneNumberSort; words: Sentence }[] = [
  { sort: '-createdAt', words: 'Newest first' },
  { sort: 'createdAt', words: 'Oldest first' },
  { sort: 'number', words: 'By number' },
  { sort: 'name', words: 'By name' },
];

@Component({
  selector: 'app-number-filters',
  imports: [IconComponent, SaidPipe, TranslatePipe],
  host: { role: 'search' },
  templateUrl: './number-filters.component.html',
  styleUrl: './number-filters.component.scss',
})
export class NumberFiltersComponent {
  readonly query = input.required<NumberListQuery>();
  readonly agents = input.required<readonly AgentResponse[]>();
  /** The part of the query that was chosen anew; undefined takes a filter away. */
  readonly chosen = output<NumberListQuery>();

  private readonly text = viewChild.required<ElementRef<HTMLInputElement>>('text');
  private readonly typed = new Subject<string>();
  protected readonly providers = PROVIDER_IDS.map((id) => ({ id, label: PROVIDER_CARDS[id].label }));
  protected readonly statuses = PHONE_NUMBER_STATUSES;
  protected readonly statusWord = statusWord;
  protected readonly sorts = SORTS;

  constructor() {
    this.typed
      .pipe(debounceTime(TYPING_PAUSE), distinctUntilChanged(), takeUntilDestroyed())
      .subscribe((text) => this.chosen.emit({ search: text.trim() || undefined }));
  }

  focusSearch(): void {
    this.text().nativeElement.focus();
    this.text().nativeElement.select();
  }

  protected search(text: string): void {
    this.typed.next(text);
  }

  protected chooseProvider(value: string): void {
    this.chosen.emit({ provider: (value || undefined) as ProviderId | undefined });
  }

  protected chooseStatus(value: string): void {
    this.chosen.emit({ status: (value || undefined) as PhoneNumberStatus | undefined });
  }

  protected chooseAgent(value: string): void {
    this.chosen.emit({ agentId: value || undefined });
  }

  protected chooseSort(value: string): void {
    this.chosen.emit({ sort: value as PhoneNumberSort });
  }
}
