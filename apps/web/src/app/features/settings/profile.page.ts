import { Component, inject } from '@angular/core';
import { NonNullableFormBuilder, ReactiveFormsModule } from '@angular/forms';
import { MatButton } from '@angular/material/button';
import { UpdateProfileBody } from '@voxreach/contracts';
import { t } from '../../core/i18n/translate';
import { SaidPipe, TranslatePipe } from '../../core/i18n/translate.pipes';
import { Session } from '../../core/session/session';
import { dtoValidator } from '../../shared/forms/dto-validator';
import { FormSubmission } from '../../shared/forms/form-submission';
import { Announcer } from '../../shared/ui/announcer';
import { TextFieldComponent } from '../../shared/ui/text-field.component';
import { AccountDataComponent } from './account-data.component';
import { AccountApi } from './account.api';
import { PasswordFormComponent } from './password-form.component';

@Component({
  selector: 'app-profile',
  imports: [
    AccountDataComponent,
    MatButton,
    PasswordFormComponent,
    ReactiveFormsModule,
    SaidPipe,
    TextFieldComponent,
    TranslatePipe,
  ],
  templateUrl: './profile.page.html',
  styleUrl: './settings-page.scss',
})
export class ProfilePage {
  private readonly api = inject(AccountApi);
  private readonly announcer = inject(Announcer);
  protected readonly session = inject(Session);
  protected readonly form = inject(NonNullableFormBuilder).group(
    { name: this.session.user()?.name ?? '' },
    { validators: dtoValidator(UpdateProfileBody) },
  );
  protected readonly submission = new FormSubmission(this.form);

  protected async submit(): Promise<void> {
    const saved = await this.submission.send(() => this.api.updateProfile(this.form.getRawValue()));
    if (saved === null) return;
    this.form.reset({ name: saved.value.name });
    this.session.refreshDetails();
    this.announcer.done(t('Your name is saved.'));
  }
}
