import { Component, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MAT_DIALOG_DATA, MatDialogModule, MatDialogRef } from '@angular/material/dialog';
import type { PhoneNumberResponse } from '@voxreach/contracts';
import { toApiProblem } from '../../core/api-problem';
import { NumberChanges } from './number-changes';
import { PhoneFormat } from './phone-format';
import { removalWords } from './removal-words';

/** Asks before a number is removed, and stays open when it could not be. Closes with true when it was. */
@Component({
  selector: 'app-remove-number',
  imports: [MatButton, MatDialogModule],
  templateUrl: './remove-number.dialog.html',
})
export class RemoveNumberDialog {
  private readonly dialog = inject<MatDialogRef<RemoveNumberDialog, boolean>>(MatDialogRef);
  private readonly changes = inject(NumberChanges);
  protected readonly number = inject<PhoneNumberResponse>(MAT_DIALOG_DATA);
  protected readonly title = inject(PhoneFormat).title(this.number);
  protected readonly words = removalWords(this.number, this.title);
  protected readonly isRemoving = signal(false);
  protected readonly refusal = signal('');

  protected async remove(deleteCredential: boolean): Promise<void> {
    this.isRemoving.set(true);
    this.refusal.set('');
    try {
      await this.changes.remove(this.number, deleteCredential);
      this.dialog.close(true);
    } catch (error) {
      this.refusal.set(toApiProblem(error).detail);
      this.isRemoving.set(false);
    }
  }
}
