import { Component, inject, signal } from '@angular/core';
import { NonNullableFormBuilder, ReactiveFormsModule } from '@angular/forms';
import { MatButton } from '@angular/material/button';
import { type MatDialog, MatDialogModule, MatDialogRef } from '@angular/material/dialog';
import { SaidPipe, TranslatePipe } from '../../core/i18n/translate.pipes';
import { Session } from '../../core/session/session';
import { SessionApi } from '../../core/session/session.api';
import { FormSubmission } from '../../shared/forms/form-submission';
import { pruneEmpty } from '../../shared/forms/prune-empty';
import { required } from '../../shared/forms/required';
import { TextFieldComponent } from '../../shared/ui/text-field.component';

type Proof = 'password' | 'code';

const OTHER: Record<Proof, Proof> = { password: 'code', code: 'password' };

/** Asks a signed-in person once more who they are. Closes with true when the server is satisfied. */
@Component({
  selector: 'app-step-up',
  imports: [MatButton, MatDialogModule, ReactiveFormsModule, SaidPipe, TextFieldComponent, TranslatePipe],
  templateUrl: './step-up.dialog.html',
})
export class StepUpDialog {
  private readonly api = inject(SessionApi);
  private readonly dialog = inject<MatDialogRef<StepUpDialog, boolean>>(MatDialogRef);
  protected readonly session = inject(Session);
  protected readonly form = inject(NonNullableFormBuilder).group({
    password: ['', required('Enter your password.')],
    code: ['', required('Enter the code of your authenticator app.')],
  });
  protected readonly submission = new FormSubmission(this.form);
  protected readonly proof = signal<Proof>('password');

  constructor() {
    this.use(this.session.hasSecondFactor() ? 'code' : 'password');
  }

  static open(dialog: MatDialog): MatDialogRef<StepUpDialog, boolean> {
    return dialog.open<StepUpDialog, undefined, boolean>(StepUpDialog, { width: '440px' });
  }

  protected useOther(): void {
    this.use(OTHER[this.proof()]);
  }

  protected async submit(): Promise<void> {
    const body = pruneEmpty(this.form.value);
    const secrets = Object.values(this.form.controls);
    if (await this.submission.send(() => this.api.stepUp(body), { secrets })) this.dialog.close(true);
  }

  private use(proof: Proof): void {
    this.proof.set(proof);
    this.form.reset();
    this.form.controls[proof].enable();
    this.form.controls[OTHER[proof]].disable();
  }
}
