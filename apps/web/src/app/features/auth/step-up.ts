import { inject, Service } from '@angular/core';
import { MatDialog } from '@angular/material/dialog';
import { firstValueFrom } from 'rxjs';
import { StepUpDialog } from './step-up.dialog';

/** Asks a signed-in person once more who they are. Requests that need it at the same time share one question. */
@Service()
export class StepUp {
  private readonly dialog = inject(MatDialog);
  private asking?: Promise<boolean>;

  /** False when they did not say. */
  confirm(): Promise<boolean> {
    this.asking ??= this.ask().finally(() => (this.asking = undefined));
    return this.asking;
  }

  private async ask(): Promise<boolean> {
    return (await firstValueFrom(StepUpDialog.open(this.dialog).afterClosed())) === true;
  }
}
