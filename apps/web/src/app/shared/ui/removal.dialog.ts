import { Component, computed, ElementRef, inject, signal, viewChild } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MAT_DIALOG_DATA, type MatDialog, MatDialogModule, MatDialogRef } from '@angular/material/dialog';
import { RouterLink } from '@angular/router';
import type { ProblemResponse } from '@voxreach/contracts';
import { SaidPipe, TranslatePipe } from '../../core/i18n/translate.pipes';

type Refusal = Pick<ProblemResponse, 'detail' | 'usedBy'>;

/** In the words of the language that is spoken. */
export interface Removal {
  heading: string;
  /** Takes the place of the heading when phone numbers turn out to use it. */
  inUse?: string;
  /** What it does, said before it is done. */
  words: string;
  keep: string;
  remove: string;
  /** What the button says while it is done; “Removing…” unless told otherwise. */
  removing?: string;
  /** Something more that can go with it. */
  option?: { label: string; hint: string };
  /** Resolves with null when it was removed, else with why not. */
  run: (withOption: boolean) => Promise<Refusal | null>;
}

/** Asks before something is removed, and stays open when it could not be. Closes with true when it was. */
@Component({
  selector: 'app-removal',
  imports: [MatButton, MatDialogModule, RouterLink, SaidPipe, TranslatePipe],
  templateUrl: './removal.dialog.html',
  styleUrl: './removal.dialog.scss',
})
export class RemovalDialog {
  protected readonly dialog = inject<MatDialogRef<RemovalDialog, boolean>>(MatDialogRef);
  protected readonly removal = computed(inject<() => Removal>(MAT_DIALOG_DATA));
  protected readonly isRemoving = signal(false);
  protected readonly refusal = signal<Refusal | null>(null);
  /** As long as it is, it cannot be removed: nothing is offered but to leave it. */
  protected readonly isInUse = computed(() => (this.refusal()?.usedBy ?? []).length > 0);
  private readonly keep = viewChild.required('keep', { read: ElementRef<HTMLElement> });

  /** `removal` is asked again when another language is chosen. */
  static open(dialog: MatDialog, data: () => Removal): MatDialogRef<RemovalDialog, boolean> {
    return dialog.open<RemovalDialog, () => Removal, boolean>(RemovalDialog, { data, width: '480px' });
  }

  protected async remove(withOption: boolean): Promise<void> {
    this.isRemoving.set(true);
    const refusal = await this.removal().run(withOption);
    this.isRemoving.set(false);
    this.refusal.set(refusal);
    if (refusal === null) this.dialog.close(true);
    // The button that was pressed goes.
    else if (this.isInUse()) this.keep().nativeElement.focus();
  }
}
