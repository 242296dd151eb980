import { Component } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatDialogModule } from '@angular/material/dialog';
import { TranslatePipe } from '../../../core/i18n/translate.pipes';

@Component({
  selector: 'app-leave-dialog',
  imports: [MatButton, MatDialogModule, TranslatePipe],
  template: `
    <h2 mat-dialog-title>{{ 'Leave without adding the number?' | t }}</h2>
    <mat-dialog-content>{{ 'What you have entered will be lost.' | t }}</mat-dialog-content>
    <mat-dialog-actions align="end">
      <button matButton="outlined" type="button" [mat-dialog-close]="true">{{ 'Leave' | t }}</button>
      <button matButton="filled" type="button" cdkFocusInitial [mat-dialog-close]="false">
        {{ 'Keep editing' | t }}
      </button>
    </mat-dialog-actions>
  `,
})
export class LeaveDialogComponent {}
