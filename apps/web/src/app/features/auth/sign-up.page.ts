import { afterNextRender, Component, ElementRef, inject, Injector, signal } from '@angular/core';
import { NonNullableFormBuilder, ReactiveFormsModule } from '@angular/forms';
import { Router, RouterLink } from '@angular/router';
import { RegisterBody } from '@voxreach/contracts';
import { toApiProblem } from '../../core/api-problem';
import { SaidPipe, TranslatePipe } from '../../core/i18n/translate.pipes';
import { Session } from '../../core/session/session';
import { applyProblem } from '../../shared/forms/apply-problem';
import { dtoValidator } from '../../shared/forms/dto-validator';
import { focusFirstInvalid } from '../../shared/forms/focus-first-invalid';
import { PasswordStrengthComponent } from '../../shared/forms/password-strength.component';
import { TextFieldComponent } from '../../shared/ui/text-field.component';
import { AuthFrameComponent } from './auth-frame.component';

@Component({
  selector: 'app-sign-up',
  imports: [
    AuthFrameComponent,
    PasswordStrengthComponent,
    ReactiveFormsModule,
    RouterLink,
    SaidPipe,
    TextFieldComponent,
    TranslatePipe,
  ],
  templateUrl: './sign-up.page.html',
})
export class SignUpPage {
  private readonly session = inject(Session);
  private readonly router = inject(Router);
  private readonly injector = inject(Injector);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;

  protected readonly form = inject(NonNullableFormBuilder).group(
    { organizationName: '', name: '', email: '', password: '' },
    { validators: dtoValidator(RegisterBody) },
  );
  protected readonly isSending = signal(false);
  protected readonly wasRefused = signal(false);
  protected readonly refusal = signal('');

  protected async submit(): Promise<void> {
    this.form.markAllAsTouched();
    if (this.form.invalid) return this.focusRefused();
    this.isSending.set(true);
    this.refusal.set('');
    const body = this.form.getRawValue();
    this.form.controls.password.reset();
    try {
      await this.session.signUp(body);
      await this.router.navigateByUrl('/numbers');
    } catch (error) {
      const problem = toApiProblem(error);
      this.wasRefused.set(true);
      if (!applyProblem(this.form, problem)) this.refusal.set(problem.detail);
      this.focusRefused();
    } finally {
      this.isSending.set(false);
    }
  }

  private focusRefused(): void {
    afterNextRender(
      () =>
        focusFirstInvalid(this.host) ||
        this.host.querySelector<HTMLInputElement>('input[type=password]')?.focus(),
      { injector: this.injector },
    );
  }
}
