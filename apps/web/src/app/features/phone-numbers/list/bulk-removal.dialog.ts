import { Component, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MAT_DIALOG_DATA, type MatDialog, MatDialogModule, MatDialogRef } from '@angular/material/dialog';
import type { PhoneNumberResponse } from '@voxreach/contracts';
import { afterRemovals } from '../number-removal';
import { PhoneFormat } from '../phone-format';
import { numbersIn } from './bulk-words';

type Numbers = readonly PhoneNumberResponse[];

/** Asks before numbers are removed, by having their count typed. Closes with true when they shall be. */
@Component({
  selector: 'app-bulk-removal',
  imports: [MatButton, MatDialogModule],
  template: `
    <form novalidate (submit)="$event.preventDefault(); confirm()">
      <h2 mat-dialog-title>Remove {{ words }}?</h2>
      <mat-dialog-content>
        <p>Their calls will no longer reach your agents. {{ afterwards }} Saved credentials stay.</p>
        <ul tabindex="0" aria-label="Numbers to remove">
          @for (number of numbers; track number.id) {
            <li>
              <span class="tabular">{{ titleOf(number) }}</span>
              <span class="muted">{{ number.name }}</span>
            </li>
          }
        </ul>
        <div class="field">
          <label class="field-label" for="bulk-count">Type {{ numbers.length }} to confirm</label>
          <input
            #count
            class="input tabular"
            id="bulk-count"
            inputmode="numeric"
            autocomplete="off"
            cdkFocusInitial
            (input)="typed.set(count.value.trim())"
          />
        </div>
      </mat-dialog-content>
      <mat-dialog-actions align="end">
        <button matButton="text" type="button" mat-dialog-close>Keep {{ words }}</button>
        <button matButton="filled" class="danger" type="submit" [disabled]="!isConfirmed()">
          Remove {{ words }}
        </button>
      </mat-dialog-actions>
    </form>
  `,
  styleUrl: './bulk-removal.dialog.scss',
})
export class BulkRemovalDialog {
  private readonly dialog = inject<MatDialogRef<BulkRemovalDialog, boolean>>(MatDialogRef);
  private readonly phones = inject(PhoneFormat);
  protected readonly numbers = inject<Numbers>(MAT_DIALOG_DATA);
  protected readonly words = numbersIn(this.numbers.length);
  protected readonly afterwards = afterRemovals(this.numbers);
  protected readonly typed = signal('');

  static open(dialog: MatDialog, data: Numbers): MatDialogRef<BulkRemovalDialog, boolean> {
    return dialog.open<BulkRemovalDialog, Numbers, boolean>(BulkRemovalDialog, { data, width: '480px' });
  }

  protected isConfirmed(): boolean {
    return this.typed() === String(this.numbers.length);
  }

  protected titleOf(number: PhoneNumberResponse): string {
    return this.phones.title(number);
  }

  protected confirm(): void {
    if (this.isConfirmed()) this.dialog.close(true);
  }
}
