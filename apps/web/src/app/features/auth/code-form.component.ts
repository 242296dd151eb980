import { afterNextRender, Component, ElementRef, inject, input, output } from '@angular/core';
import { NonNullableFormBuilder, ReactiveFormsModule } from '@angular/forms';
import { SaidPipe, TranslatePipe } from '../../core/i18n/translate.pipes';
import { FormSubmission } from '../../shared/forms/form-submission';
import { required } from '../../shared/forms/required';
import { TextFieldComponent } from '../../shared/ui/text-field.component';

/** Asks for the code of the authenticator app after the password was right. */
@Component({
  selector: 'app-code-form',
  imports: [ReactiveFormsModule, SaidPipe, TextFieldComponent, TranslatePipe],
  template: `
    <form class="form" novalidate [formGroup]="form" (ngSubmit)="submit()">
      <div role="alert">
        @if (submission.refusal()) {
          <p class="notice notice-error">{{ submission.refusal() | said }}</p>
        }
      </div>
      <app-text-field
        [label]="'Code' | t"
        autocomplete="one-time-code"
        [help]="
          'Six digits from your authenticator app. Without your phone, use one of your recovery codes.' | t
        "
        [control]="form.controls.code"
      />
      <button class="button" type="submit" [disabled]="submission.isSending()">
        {{ submission.isSending() ? ('Checking…' | t) : sendLabel() }}
      </button>
      <button class="button button-text" type="button" (click)="cancelled.emit()">{{ 'Back' | t }}</button>
    </form>
  `,
})
export class CodeFormComponent {
  /** Sends the code; rejects with what the server answers. */
  readonly send = input.required<(code: string) => Promise<void>>();
  readonly sendLabel = input.required<string>();
  readonly done = output();
  readonly cancelled = output();

  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  protected readonly form = inject(NonNullableFormBuilder).group({
    code: ['', required('Enter the code of your authenticator app, or a recovery code.')],
  });
  protected readonly submission = new FormSubmission(this.form);

  constructor() {
    afterNextRender(() => this.host.querySelector('input')?.focus());
  }

  protected async submit(): Promise<void> {
    const { code } = this.form.controls;
    const given = code.value.trim();
    const sent = await this.submission.send(() => this.send()(given), { secrets: [code] });
    if (sent) this.done.emit();
    else this.host.querySelector('input')?.focus();
  }
}
