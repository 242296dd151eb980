import { Component, computed, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MAT_DIALOG_DATA, type MatDialog, MatDialogModule, MatDialogRef } from '@angular/material/dialog';
import type { Sentence } from '../../../core/i18n/sentences';
import { t } from '../../../core/i18n/translate';
import { CountedPipe, TranslatePipe } from '../../../core/i18n/translate.pipes';
import { namesAfter } from './rename-pattern';
import { FiguresComponent } from '../../../shared/ui/figures.component';

/** Numbers as they are shown, in the order of the list. */
type Titles = readonly string[];

const LONGEST = 80;
const PREVIEWED = 3;
const COUNT = '{n}';
const NUMBER = '{number}';
const INSERTABLE: readonly { text: string; label: Sentence }[] = [
  { text: COUNT, label: 'Insert a count' },
  { text: NUMBER, label: 'Insert the phone number' },
];

/** New names after a pattern, seen before they are given. Closes with one name for each number. */
@Component({
  selector: 'app-bulk-rename',
  imports: [FiguresComponent, CountedPipe, MatButton, MatDialogModule, TranslatePipe],
  templateUrl: './bulk-rename.dialog.html',
  styleUrl: './bulk-rename.dialog.scss',
})
export class BulkRenameDialog {
  private readonly dialog = inject<MatDialogRef<BulkRenameDialog, string[]>>(MatDialogRef);
  private readonly titles = inject<Titles>(MAT_DIALOG_DATA);
  protected readonly count = this.titles.length;
  /** What stands for itself in the help. */
  protected readonly placeholders = { n: COUNT, number: NUMBER };
  protected readonly insertable = INSERTABLE;
  protected readonly pattern = signal('');
  private readonly isTried = signal(false);
  private readonly names = computed(() => namesAfter(this.pattern(), this.titles));
  protected readonly preview = computed(() =>
    this.titles.slice(0, PREVIEWED).map((title, index) => ({ title, name: this.names()[index] })),
  );
  protected readonly others = Math.max(0, this.titles.length - PREVIEWED);
  private readonly problem = computed(() => {
    if (this.names().includes('')) return t('Enter a name.');
    const long = this.names().find((name) => name.length > LONGEST);
    return (
      long &&
      t('A name can have {most} characters at most. “{name}” would have {length}.', {
        most: LONGEST,
        name: long,
        length: long.length,
      })
    );
  });
  protected readonly message = computed(() => (this.isTried() ? (this.problem() ?? '') : ''));

  static open(dialog: MatDialog, data: Titles): MatDialogRef<BulkRenameDialog, string[]> {
    return dialog.open<BulkRenameDialog, Titles, string[]>(BulkRenameDialog, { data, width: '480px' });
  }

  protected type(pattern: string): void {
    this.isTried.set(false);
    this.pattern.set(pattern);
  }

  /** Where the caret is, in place of what is selected. */
  protected insert(placeholder: string, field: HTMLInputElement): void {
    field.setRangeText(placeholder, field.selectionStart ?? 0, field.selectionEnd ?? 0, 'end');
    field.focus();
    this.type(field.value);
  }

  protected submit(field: HTMLInputElement): void {
    this.isTried.set(true);
    if (this.problem() === undefined) this.dialog.close(this.names());
    else field.focus();
  }
}
