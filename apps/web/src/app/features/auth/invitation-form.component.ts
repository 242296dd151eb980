import { Component, inject, input, type OnInit, output } from '@angular/core';
import { NonNullableFormBuilder, ReactiveFormsModule } from '@angular/forms';
import { AcceptInvitationBody, type InvitationPreviewResponse } from '@voxreach/contracts';
import { SaidPipe, TranslatePipe } from '../../core/i18n/translate.pipes';
import { Session } from '../../core/session/session';
import { dtoValidator } from '../../shared/forms/dto-validator';
import { FormSubmission } from '../../shared/forms/form-submission';
import { pruneEmpty } from '../../shared/forms/prune-empty';
import { required } from '../../shared/forms/required';
import { PasswordStrengthComponent } from '../../shared/forms/password-strength.component';
import { TextFieldComponent } from '../../shared/ui/text-field.component';
import type { CodeRequest } from './code-request';

/** With an account its password is enough; without one a name and a new password make it. */
@Component({
  selector: 'app-invitation-form',
  imports: [PasswordStrengthComponent, ReactiveFormsModule, SaidPipe, TextFieldComponent, TranslatePipe],
  templateUrl: './invitation-form.component.html',
})
export class InvitationFormComponent implements OnInit {
  readonly invitation = input.required<InvitationPreviewResponse>();
  readonly token = input.required<string>();
  /** Takes over when all that is missing is a code. */
  readonly pending = input.required<CodeRequest<AcceptInvitationBody>>();
  readonly accepted = output();

  private readonly session = inject(Session);
  protected readonly form = inject(NonNullableFormBuilder).group(
    // The token itself stays out of the form; its check only wants to see that there is one.
    { token: 'kept apart', name: ['', required('Enter your name.')], password: '' },
    { validators: dtoValidator(AcceptInvitationBody) },
  );
  protected readonly submission = new FormSubmission(this.form);

  ngOnInit(): void {
    if (this.invitation().hasAccount) this.form.controls.name.disable();
  }

  protected async submit(): Promise<void> {
    const { name, password } = this.form.getRawValue();
    const body = pruneEmpty({ token: this.token(), name, password }) as AcceptInvitationBody;
    const isAccepted = await this.submission.send(() => this.session.acceptInvitation(body), {
      secrets: [this.form.controls.password],
      handle: (problem) => this.pending().asksFor(problem, body),
    });
    if (isAccepted) this.accepted.emit();
  }
}
