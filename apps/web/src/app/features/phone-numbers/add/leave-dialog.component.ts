import { Component } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatDialogModule } from '@angular/material/dialog';

@Component({
  selector: 'app-leave-dialog',
  imports: [MatButton, MatDialogModule],
  template: `
    <h2 mat-dialog-title>Leave without adding the number?</h2>
    <mat-dialog-content>What you have entered is not kept.</mat-dialog-content>
    <mat-dialog-actions align="end">
      <button matButton="outlined" type="button" [mat-dialog-close]="true">Leave</button>
      <button matButton="filled" type="button" [mat-dialog-close]="false">Keep editing</button>
    </mat-dialog-actions>
  `,
})
export class LeaveDialogComponent {}
