import { Component, computed, effect, inject, input, linkedSignal, untracked } from '@angular/core';
import { rxResource } from '@angular/core/rxjs-interop';
import { MatButton } from '@angular/material/button';
import { Router, RouterLink } from '@angular/router';
import type { PhoneNumberResponse } from '@voxreach/contracts';
import { IconComponent } from '../../../shared/ui/icon.component';
import { MessageComponent } from '../../../shared/ui/message.component';
import { AgentsApi, isAssignable } from '../../agents/agents.api';
import { followNumbers } from '../follow-numbers';
import { NumberChanges } from '../number-changes';
import { NumberFiltersComponent } from './number-filters.component';
import { isFiltered, type NumberListQuery, readQuery } from './number-list.query';
import { NumberListStore } from './number-list.store';
import { NumberTableComponent } from './number-table.component';

@Component({
  selector: 'app-number-list',
  imports: [
    IconComponent,
    MatButton,
    MessageComponent,
    NumberFiltersComponent,
    NumberTableComponent,
    RouterLink,
  ],
  host: { class: 'page' },
  templateUrl: './number-list.page.html',
  styleUrl: './number-list.page.scss',
})
export class NumberListPage {
  // From the address.
  readonly search = input<string>();
  readonly provider = input<string>();
  readonly status = input<string>();
  readonly agentId = input<string>();
  readonly sort = input<string>();

  private readonly router = inject(Router);
  private readonly changes = inject(NumberChanges);
  private readonly agentsApi = inject(AgentsApi);
  protected readonly store = inject(NumberListStore);
  protected readonly mayWrite = this.changes.mayWrite;

  protected readonly query = computed(() =>
    readQuery(this.search(), this.provider(), this.status(), this.agentId(), this.sort()),
  );
  protected readonly isFiltered = computed(() => isFiltered(this.query()));
  private readonly reading = rxResource({ stream: () => this.agentsApi.listAll() });
  protected readonly agents = linkedSignal(() => (this.reading.hasValue() ? this.reading.value() : []));
  protected readonly assignable = computed(() => this.agents().filter(isAssignable));
  protected readonly isEmpty = computed(
    () => this.store.numbers().length === 0 && !this.store.isLoading() && this.store.problem() === null,
  );

  constructor() {
    effect(() => {
      const query = this.query();
      untracked(() => this.store.show(query));
    });
    followNumbers(this.store.numbers);
  }

  /** Replaced in the history, so that Back leaves the list instead of undoing each letter of a search. */
  protected choose(part: NumberListQuery): void {
    void this.router.navigate([], { queryParams: part, queryParamsHandling: 'merge', replaceUrl: true });
  }

  protected clear(): void {
    void this.router.navigate([], { queryParams: { sort: this.query().sort }, replaceUrl: true });
  }

  protected remove(number: PhoneNumberResponse): void {
    void this.changes.remove(number);
  }
}
