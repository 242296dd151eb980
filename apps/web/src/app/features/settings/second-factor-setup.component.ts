import { Component, inject, input, output } from '@angular/core';
import { NonNullableFormBuilder, ReactiveFormsModule } from '@angular/forms';
import { MatButton } from '@angular/material/button';
import { ConfirmSecondFactorBody, type SecondFactorSetupResponse } from '@voxreach/contracts';
import { SaidPipe, TranslatePipe } from '../../core/i18n/translate.pipes';
import { dtoValidator } from '../../shared/forms/dto-validator';
import { FormSubmission } from '../../shared/forms/form-submission';
import { QrCodeComponent } from '../../shared/ui/qr-code.component';
import { ShownOnceComponent } from '../../shared/ui/shown-once.component';
import { TextFieldComponent } from '../../shared/ui/text-field.component';
import { AccountApi } from './account.api';

/** Takes the secret over into an app, and proves it with the app's first code. */
@Component({
  selector: 'app-second-factor-setup',
  imports: [
    MatButton,
    QrCodeComponent,
    ReactiveFormsModule,
    SaidPipe,
    ShownOnceComponent,
    TextFieldComponent,
    TranslatePipe,
  ],
  templateUrl: './second-factor-setup.component.html',
  styleUrls: ['./settings-page.scss', './second-factor-setup.component.scss'],
})
export class SecondFactorSetupComponent {
  readonly setup = input.required<SecondFactorSetupResponse>();
  readonly confirmed = output<readonly string[]>();
  readonly cancelled = output();

  private readonly api = inject(AccountApi);
  protected readonly form = inject(NonNullableFormBuilder).group(
    { code: '' },
    { validators: dtoValidator(ConfirmSecondFactorBody) },
  );
  protected readonly submission = new FormSubmission(this.form);

  protected async submit(): Promise<void> {
    const code = this.form.controls.code.value.replace(/\s/g, '');
    this.form.controls.code.setValue(code);
    const confirmed = await this.submission.send(() => this.api.confirmSecondFactor({ code }));
    if (confirmed) this.confirmed.emit(confirmed.value.recoveryCodes);
  }
}
