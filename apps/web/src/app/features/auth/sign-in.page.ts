import { Component, inject, input } from '@angular/core';
import { NonNullableFormBuilder, ReactiveFormsModule } from '@angular/forms';
import { Router, RouterLink } from '@angular/router';
import type { LoginBody } from '@voxreach/contracts';
import { SaidPipe, TranslatePipe } from '../../core/i18n/translate.pipes';
import { Session } from '../../core/session/session';
import { safeReturnUrl } from '../../core/session/to-sign-in';
import { FormSubmission } from '../../shared/forms/form-submission';
import { required } from '../../shared/forms/required';
import { TextFieldComponent } from '../../shared/ui/text-field.component';
import { AuthFrameComponent } from './auth-frame.component';
import { CodeFormComponent } from './code-form.component';
import { CodeRequest } from './code-request';

@Component({
  selector: 'app-sign-in',
  imports: [
    AuthFrameComponent,
    CodeFormComponent,
    ReactiveFormsModule,
    RouterLink,
    SaidPipe,
    TextFieldComponent,
    TranslatePipe,
  ],
  templateUrl: './sign-in.page.html',
})
export class SignInPage {
  /** Where the person wanted to go before they were asked to sign in. */
  readonly returnUrl = input<string>();

  private readonly session = inject(Session);
  private readonly router = inject(Router);

  /** What is missing is said here, the rest by the server: the classes that check other forms would weigh on the first page. */
  protected readonly form = inject(NonNullableFormBuilder).group({
    email: ['', required('Enter the email address you registered with.')],
    password: ['', required('Enter your password.')],
  });
  protected readonly submission = new FormSubmission(this.form);
  /** What was right so far, while a code is asked for. */
  protected readonly pending = new CodeRequest<LoginBody>();

  protected async submit(): Promise<void> {
    const body = this.form.getRawValue();
    const signedIn = await this.submission.send(() => this.session.signIn(body), {
      secrets: [this.form.controls.password],
      handle: (problem) => this.pending.asksFor(problem, body),
    });
    if (signedIn) await this.proceed();
  }

  protected readonly signInWith = (code: string): Promise<void> =>
    this.session.signIn({ ...this.pending.body(), code });

  protected async proceed(): Promise<void> {
    await this.router.navigateByUrl(safeReturnUrl(this.returnUrl()));
  }
}
