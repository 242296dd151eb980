import {
  Component,
  computed,
  effect,
  type ElementRef,
  inject,
  input,
  linkedSignal,
  signal,
  untracked,
  viewChild,
} from '@angular/core';
import { MatButton } from '@angular/material/button';
import { Router, RouterLink } from '@angular/router';
import type { PhoneNumberResponse } from '@voxreach/contracts';
import { firstValueFrom } from 'rxjs';
import { toApiProblem } from '../../../core/api-problem';
import { Arrival } from '../../../core/arrival';
import { counted } from '../../../core/i18n/translate';
import { SaidPipe, TranslatePipe } from '../../../core/i18n/translate.pipes';
import { keptResource } from '../../../core/kept';
import { SaveFile } from '../../../core/save-file';
import { Announcer } from '../../../shared/ui/announcer';
import { IconComponent } from '../../../shared/ui/icon.component';
import { injectDialog } from '../../../shared/ui/inject-dialog';
import { MessageComponent } from '../../../shared/ui/message.component';
import { AgentsApi, isAssignable } from '../../agents/agents.api';
import { followNumbers } from '../follow-numbers';
import { NumberChanges } from '../number-changes';
import { PhoneNumbersApi } from '../phone-numbers.api';
import { ListKeys } from './list-keys';
import { ListViewMenuComponent } from './list-view-menu.component';
import { NumberFiltersComponent } from './number-filters.component';
import { isFiltered, type NumberListQuery, readQuery } from './number-list.query';
import { NumberListStore } from './number-list.store';
import { NumberTableComponent } from './number-table.component';
import { SelectionBarComponent } from './selection-bar.component';

@Component({
  selector: 'app-number-list',
  imports: [
    IconComponent,
    ListViewMenuComponent,
    MatButton,
    MessageComponent,
    NumberFiltersComponent,
    NumberTableComponent,
    RouterLink,
    SaidPipe,
    SelectionBarComponent,
    TranslatePipe,
  ],
  host: { class: 'page', '(document:keydown)': 'press($event)' },
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
  protected readonly arrival = inject(Arrival);
  private readonly changes = inject(NumberChanges);
  private readonly agentsApi = inject(AgentsApi);
  private readonly api = inject(PhoneNumbersApi);
  private readonly files = inject(SaveFile);
  private readonly announcer = inject(Announcer);
  private readonly keys = inject(ListKeys);
  private readonly bulk = injectDialog(async () => (await import('./bulk-actions')).BulkActions);
  private readonly shortcuts = injectDialog(async () => (await import('./shortcuts.dialog')).Shortcuts);
  private readonly filters = viewChild(NumberFiltersComponent);
  private readonly table = viewChild(NumberTableComponent);
  private readonly heading = viewChild<ElementRef<HTMLElement>>('heading');
  protected readonly store = inject(NumberListStore);
  protected readonly selection = this.store.selection;
  protected readonly isExporting = signal(false);
  protected readonly mayWrite = this.changes.mayWrite;

  protected readonly query = computed(() =>
    readQuery({
      search: this.search(),
      provider: this.provider(),
      status: this.status(),
      agentId: this.agentId(),
      sort: this.sort(),
    }),
  );
  protected readonly isFiltered = computed(() => isFiltered(this.query()));
  private readonly reading = keptResource('/api/agents', () => this.agentsApi.listAll());
  protected readonly agents = linkedSignal(() => (this.reading.hasValue() ? this.reading.value() : []));
  protected readonly assignable = computed(() => this.agents().filter(isAssignable));
  protected readonly isEmpty = computed(
    () => this.store.numbers().length === 0 && !this.store.isLoading() && this.store.problem() === null,
  );

  /** What the list is worked with is drawn once there is a list: an organisation without numbers has no use for it. Until then it has its room. */
  protected readonly isExpected = computed(() =>
    this.store.isUnknown() ? !this.isFiltered() : !this.arrival.has('tools') && !this.isEmpty(),
  );

  protected readonly selectedWords = computed(() => {
    const count = this.selection.count();
    if (count === 0) return '';
    return counted('{count} of {total} selected', count, { total: this.store.numbers().length });
  });

  constructor() {
    effect(() => {
      const query = this.query();
      untracked(() => this.store.show(query));
    });
    effect(() => {
      if (this.table()?.rows.isAtEnd() && this.store.mayGoOn()) untracked(() => this.store.loadMore());
    });
    followNumbers(this.store.numbers, () => this.store.retry());
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

  protected press(event: KeyboardEvent): void {
    const add = () => void this.router.navigateByUrl('/numbers/add');
    this.keys.press(event, this.table()?.rows, {
      search: () => this.filters()?.focusSearch(),
      help: () => void this.help(),
      ...(this.mayWrite() && { add }),
    });
  }

  protected async help(): Promise<void> {
    (await this.shortcuts())?.show();
  }

  /** All that the filters find, not only what is loaded. */
  protected async export(): Promise<void> {
    this.isExporting.set(true);
    try {
      this.files.saveCsv('phone-numbers', await firstValueFrom(this.api.export(this.query())));
    } catch (error) {
      this.announcer.failed(toApiProblem(error));
    } finally {
      this.isExporting.set(false);
    }
  }

  protected async assignSelected(): Promise<void> {
    this.keepSelected(await (await this.bulk())?.assign(this.selection.numbers(), this.assignable()));
  }

  protected async renameSelected(): Promise<void> {
    this.keepSelected(await (await this.bulk())?.rename(this.selection.numbers()));
  }

  protected async removeSelected(): Promise<void> {
    this.keepSelected(await (await this.bulk())?.remove(this.selection.numbers()));
  }

  /** What went wrong stays selected; nothing leaves all as it is. */
  protected keepSelected(failed: readonly string[] | null | undefined): void {
    if (!failed) return;
    this.selection.keepOnly(failed);
    // The bar that had the focus is gone with the selection.
    if (failed.length === 0) this.heading()?.nativeElement.focus();
  }
}
