import { Component, inject, Service } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatDialog, MatDialogModule } from '@angular/material/dialog';
import type { Sentence } from '../../../core/i18n/sentences';
import { TranslatePipe } from '../../../core/i18n/translate.pipes';
import { NumberChanges } from '../number-changes';
import { ListView } from './list-view';

interface Shortcut {
  keys: readonly string[];
  words: Sentence;
  /** For those who may change numbers. */
  isWrite: boolean;
}

const SHORTCUTS: readonly Shortcut[] = [
  { keys: ['/'], words: 'Search', isWrite: false },
  { keys: ['↑', '↓'], words: 'Go from number to number', isWrite: false },
  { keys: ['Enter'], words: 'Open the number', isWrite: false },
  {
    keys: ['Space'],
    words: 'Select the number whose box has the focus; with Shift, a range',
    isWrite: true,
  },
  { keys: ['n'], words: 'Add number', isWrite: true },
  { keys: ['?'], words: 'Show this list', isWrite: false },
];

/** What the keys do on the page of the list. */
@Component({
  selector: 'app-shortcuts',
  imports: [MatButton, MatDialogModule, TranslatePipe],
  template: `
    <h2 mat-dialog-title>{{ 'Keyboard shortcuts' | t }}</h2>
    <mat-dialog-content>
      <dl>
        @for (shortcut of shortcuts; track shortcut.words) {
          <div>
            <dt>
              @for (key of shortcut.keys; track key) {
                <kbd>{{ key }}</kbd>
              }
            </dt>
            <dd>{{ shortcut.words | t }}</dd>
          </div>
        }
      </dl>
      <label class="checkbox">
        <input
          #letters
          type="checkbox"
          [checked]="view.letterKeys()"
          (change)="view.setLetterKeys(letters.checked)"
        />
        <span>{{ 'Shortcuts of a single character are on' | t }}</span>
      </label>
    </mat-dialog-content>
    <mat-dialog-actions align="end">
      <button matButton="filled" type="button" mat-dialog-close>{{ 'Close' | t }}</button>
    </mat-dialog-actions>
  `,
  styleUrl: './shortcuts.dialog.scss',
})
export class ShortcutsDialog {
  protected readonly view = inject(ListView);
  private readonly mayWrite = inject(NumberChanges).mayWrite();
  protected readonly shortcuts = SHORTCUTS.filter(({ isWrite }) => this.mayWrite || !isWrite);
}

/** Shows the keys. Loaded when it is wanted: the list is not drawn with it. */
@Service()
export class Shortcuts {
  private readonly dialog = inject(MatDialog);

  show(): void {
    this.dialog.open(ShortcutsDialog, { width: '440px' });
  }
}
