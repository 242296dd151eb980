import { Component, computed, type ElementRef, inject, signal, viewChild } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MAT_DIALOG_DATA, type MatDialog, MatDialogModule, MatDialogRef } from '@angular/material/dialog';
import type { PhoneNumberResponse, ProblemResponse } from '@voxreach/contracts';
import { from, lastValueFrom, mergeMap } from 'rxjs';
import { counted } from '../../../core/i18n/translate';
import { SaidPipe, TranslatePipe } from '../../../core/i18n/translate.pipes';
import { IconComponent } from '../../../shared/ui/icon.component';
import { PhoneFormat } from '../phone-format';
import { FiguresComponent } from '../../../shared/ui/figures.component';

const AT_ONCE = 4;

export interface BulkRun {
  /** What is done, for example “Removing 3 numbers”. */
  heading: string;
  /** What a number is afterwards, for example “Removed”. */
  done: string;
  numbers: readonly PhoneNumberResponse[];
  /** Resolves with null when it was done, else with why not. */
  run: (number: PhoneNumberResponse) => Promise<Pick<ProblemResponse, 'detail'> | null>;
}

type Outcome = 'waiting' | 'running' | 'done' | { detail: string };

/**
 * Does the same to many numbers, a few at a time, and says of each what came of it. Closes with the ids of those for which it
 * went wrong.
 */
@Component({
  selector: 'app-bulk-run',
  imports: [FiguresComponent, IconComponent, MatButton, MatDialogModule, SaidPipe, TranslatePipe],
  templateUrl: './bulk-run.dialog.html',
  styleUrl: './bulk-run.dialog.scss',
})
export class BulkRunDialog {
  private readonly dialog = inject<MatDialogRef<BulkRunDialog, string[]>>(MatDialogRef);
  private readonly phones = inject(PhoneFormat);
  private readonly heading = viewChild.required<ElementRef<HTMLElement>>('heading');
  protected readonly data = inject<BulkRun>(MAT_DIALOG_DATA);
  private readonly outcomes = signal<ReadonlyMap<string, Outcome>>(new Map());

  protected readonly rows = computed(() =>
    this.data.numbers.map((number) => {
      const outcome = this.outcomes().get(number.id) ?? 'waiting';
      const problem = typeof outcome === 'object' ? outcome.detail : null;
      return { number, title: this.phones.title(number), outcome, problem };
    }),
  );
  private readonly failed = computed(() =>
    this.rows()
      .filter(({ problem }) => problem !== null)
      .map(({ number }) => number),
  );
  protected readonly failures = computed(() => this.failed().length);
  protected readonly doneCount = computed(
    () => this.rows().filter(({ outcome }) => outcome === 'done').length,
  );
  protected readonly isRunning = computed(() =>
    this.rows().some(({ outcome }) => outcome === 'waiting' || outcome === 'running'),
  );
  protected readonly total = this.data.numbers.length;
  protected readonly summary = computed(() => {
    const [done, failed] = [this.doneCount(), this.failures()];
    if (failed === 0) return counted('Done for {count} numbers.', this.total);
    return done === 0
      ? counted('Nothing was done: it went wrong for {count} numbers.', this.total)
      : counted('Done for {done} of {count} numbers; it went wrong for {failed}.', this.total, {
          done,
          failed,
        });
  });

  constructor() {
    void this.work(this.data.numbers);
  }

  static open(dialog: MatDialog, data: BulkRun): MatDialogRef<BulkRunDialog, string[]> {
    return dialog.open<BulkRunDialog, BulkRun, string[]>(BulkRunDialog, {
      data,
      width: '560px',
      disableClose: true,
      autoFocus: 'first-heading',
    });
  }

  protected tryAgain(): void {
    const failed = this.failed();
    // The button that was pressed is gone while this runs.
    this.heading().nativeElement.focus();
    void this.work(failed);
  }

  protected close(): void {
    this.dialog.close(this.failed().map(({ id }) => id));
  }

  private async work(numbers: readonly PhoneNumberResponse[]): Promise<void> {
    for (const { id } of numbers) this.tell(id, 'waiting');
    const one = async (number: PhoneNumberResponse) => {
      this.tell(number.id, 'running');
      this.tell(number.id, (await this.data.run(number)) ?? 'done');
    };
    await lastValueFrom(from(numbers).pipe(mergeMap(one, AT_ONCE)));
  }

  private tell(id: string, outcome: Outcome): void {
    this.outcomes.update((outcomes) => new Map(outcomes).set(id, outcome));
  }
}
