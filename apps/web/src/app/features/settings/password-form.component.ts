import { Component, inject } from '@angular/core';
import { NonNullableFormBuilder, ReactiveFormsModule } from '@angular/forms';
import { MatButton } from '@angular/material/button';
import { ChangePasswordBody } from '@voxreach/contracts';
import { t } from '../../core/i18n/translate';
import { SaidPipe, TranslatePipe } from '../../core/i18n/translate.pipes';
import { Session } from '../../core/session/session';
import { dtoValidator } from '../../shared/forms/dto-validator';
import { FormSubmission } from '../../shared/forms/form-submission';
import { PasswordStrengthComponent } from '../../shared/forms/password-strength.component';
import { Announcer } from '../../shared/ui/announcer';
import { TextFieldComponent } from '../../shared/ui/text-field.component';
import { AccountApi } from './account.api';

@Component({
  selector: 'app-password-form',
  imports: [
    MatButton,
    PasswordStrengthComponent,
    ReactiveFormsModule,
    SaidPipe,
    TextFieldComponent,
    TranslatePipe,
  ],
  templateUrl: './password-form.component.html',
  styleUrl: './settings-page.scss',
})
export class PasswordFormComponent {
  private readonly api = inject(AccountApi);
  private readonly announcer = inject(Announcer);
  protected readonly session = inject(Session);
  protected readonly form = inject(NonNullableFormBuilder).group(
    { currentPassword: '', newPassword: '' },
    { validators: dtoValidator(ChangePasswordBody) },
  );
  protected readonly submission = new FormSubmission(this.form);

  protected async submit(): Promise<void> {
    const body = this.form.getRawValue();
    const secrets = Object.values(this.form.controls);
    if (!(await this.submission.send(() => this.api.changePassword(body), { secrets }))) return;
    this.form.reset();
    this.announcer.done(t('Your password is changed. Everywhere else you are signed out.'));
  }
}
