import { inject, Service } from '@angular/core';
import { MatDialog } from '@angular/material/dialog';
import { firstValueFrom } from 'rxjs';
import { LeaveDialogComponent } from './leave-dialog.component';

/** Asks whether what was entered may be lost. Loaded when it is wanted: no page is drawn with it. */
@Service()
export class LeaveQuestion {
  private readonly dialog = inject(MatDialog);

  async ask(): Promise<boolean> {
    const asked = this.dialog.open<LeaveDialogComponent, never, boolean>(LeaveDialogComponent);
    return (await firstValueFrom(asked.afterClosed())) === true;
  }
}
