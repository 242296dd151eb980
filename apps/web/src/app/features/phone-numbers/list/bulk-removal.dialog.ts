import { Component, computed, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MAT_DIALOG_DATA, type MatDialog, MatDialogModule, MatDialogRef } from '@angular/material/dialog';
import type { PhoneNumberResponse } from '@voxreach/contracts';
import { CountedPipe, TranslatePipe } from '../../../core/i18n/translate.pipes';
import { afterRemovals } from '../number-removal';
import { PhoneFormat } from '../phone-format';
import { FiguresComponent } from '../../../shared/ui/figures.component';

type Numbers = readonly PhoneNumberResponse[];

/** Asks before numbers are removed, by having their count typed. Closes with true when they shall be. */
@Component({
  selector: 'app-bulk-removal',
  imports: [FiguresComponent, CountedPipe, MatButton, MatDialogModule, TranslatePipe],
  template: `
    <form novalidate (submit)="$event.preventDefault(); confirm()">
      <h2 mat-dialog-title>{{ 'Remove {count} numbers?' | counted: numbers.length }}</h2>
      <mat-dialog-content>
        <p>
          {{ 'Their calls will no longer reach your agents.' | t }} {{ afterwards() }}
          {{ 'Saved credentials stay.' | t }}
        </p>
        <ul tabindex="0" [attr.aria-label]="'Numbers to remove' | t">
          @for (number of numbers; track number.id) {
            <li>
              <bdi><app-figures [text]="titleOf(number)" /></bdi>
              <bdi class="muted">{{ number.name }}</bdi>
            </li>
          }
        </ul>
        <div class="field">
          <label class="field-label" for="bulk-count">{{
            'Type {count} to confirm' | t: { count: '' + numbers.length }
          }}</label>
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
        <button matButton="text" type="button" mat-dialog-close>
          {{ 'Keep {count} numbers' | counted: numbers.length }}
        </button>
        <button matButton="filled" class="danger" type="submit" [disabled]="!isConfirmed()">
          {{ 'Remove {count} numbers' | counted: numbers.length }}
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
  protected readonly afterwards = computed(() => afterRemovals(this.numbers));
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
