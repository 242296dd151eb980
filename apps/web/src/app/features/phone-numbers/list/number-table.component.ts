import { Component, computed, type ElementRef, inject, input, output, viewChild } from '@angular/core';
import type { AgentResponse, PhoneNumberResponse, PhoneNumberSort } from '@voxreach/contracts';
import { Arrival } from '../../../core/arrival';
import { TranslatePipe } from '../../../core/i18n/translate.pipes';
import { NumberChanges } from '../number-changes';
import { type AgentChoice, AgentMenuComponent } from './agent-menu.component';
import { ListView } from './list-view';
import { NumberRowComponent } from './number-row.component';
import type { NumberSelection } from './number-selection';
import { RowWindow } from './row-window';
import { SortButtonComponent } from './sort-button.component';
import { sortOrder } from './sort-order';

const PLACEHOLDERS = [1, 2, 3, 4, 5, 6] as const;
const COLUMNS = ['number', 'name', 'provider', 'agent', 'status', 'added'] as const;

@Component({
  selector: 'app-number-table',
  imports: [AgentMenuComponent, NumberRowComponent, SortButtonComponent, TranslatePipe],
  host: { '[class]': 'look()' },
  templateUrl: './number-table.component.html',
  styleUrl: './number-table.component.scss',
})
export class NumberTableComponent {
  readonly numbers = input.required<readonly PhoneNumberResponse[]>();
  readonly agents = input.required<readonly AgentResponse[]>();
  readonly sort = input.required<PhoneNumberSort>();
  readonly selection = input.required<NumberSelection>();
  readonly isLoading = input(false);
  /** Whether there are more than are here, of which nobody knows how many. */
  readonly hasMore = input(false);
  readonly sorted = output<PhoneNumberSort>();
  readonly removing = output<PhoneNumberResponse>();

  private readonly changes = inject(NumberChanges);
  private readonly view = inject(ListView);
  protected readonly arrival = inject(Arrival);
  protected readonly agentMenu = viewChild<AgentMenuComponent>('agentMenu');
  private readonly body = viewChild.required<ElementRef<HTMLElement>>('body');
  readonly rows = new RowWindow(this.numbers, this.body);
  protected readonly mayWrite = this.changes.mayWrite;
  protected readonly look = computed(() => [
    ...this.view.hidden().map((column) => `without-${column}`),
    `is-${this.view.density()}`,
    ...(this.mayWrite() ? [] : ['is-read-only']),
  ]);
  protected readonly byNumber: readonly PhoneNumberSort[] = ['number'];
  protected readonly byName: readonly PhoneNumberSort[] = ['name'];
  protected readonly byAge: readonly PhoneNumberSort[] = ['-createdAt', 'createdAt'];
  protected readonly columns = COLUMNS;
  /** Rows in the final shape, only where there is nothing better to show yet. */
  protected readonly placeholders = computed(() =>
    this.isLoading() && this.numbers().length === 0 ? PLACEHOLDERS : [],
  );

  protected order(orders: readonly PhoneNumberSort[]) {
    return sortOrder(orders, this.sort());
  }

  protected assign({ number, agent }: AgentChoice): void {
    if (agent?.id !== number.agent?.id) void this.changes.assign(number, agent);
  }
}
