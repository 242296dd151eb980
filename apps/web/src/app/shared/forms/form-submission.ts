import { afterNextRender, ElementRef, inject, Injector, signal } from '@angular/core';
import type { AbstractControl } from '@angular/forms';
import { firstValueFrom, type Observable } from 'rxjs';
import { type ApiProblem, toApiProblem } from '../../core/api-problem';
import { applyProblem } from './apply-problem';
import { focusFirstInvalid } from './focus-first-invalid';

interface SubmissionOptions {
  /** Fields that are emptied as soon as what they hold is sent. */
  secrets?: readonly AbstractControl[];
  /** True when the problem is dealt with elsewhere and needs no words at the form. */
  handle?: (problem: ApiProblem) => boolean;
}

/**
 * Sends what a form holds: not before its checks pass, and what the server refuses stands at its fields, with the focus on the first.
 * Create it where the component's fields are initialised.
 */
export class FormSubmission {
  private readonly injector = inject(Injector);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly sending = signal(false);
  private readonly refused = signal('');

  readonly isSending = this.sending.asReadonly();
  /** What was refused and belongs to no field. */
  readonly refusal = this.refused.asReadonly();

  constructor(private readonly form: AbstractControl) {}

  /** What came back, wrapped; null when nothing was sent or it was refused. */
  async send<T>(
    request: () => Observable<T> | Promise<T>,
    { secrets = [], handle = () => false }: SubmissionOptions = {},
  ): Promise<{ value: T } | null> {
    if (this.sending()) return null;
    this.form.markAllAsTouched();
    if (this.form.invalid) {
      this.focusRefused();
      return null;
    }
    this.sending.set(true);
    this.refused.set('');
    const sent = request();
    for (const secret of secrets) secret.reset();
    try {
      return { value: await (sent instanceof Promise ? sent : firstValueFrom(sent)) };
    } catch (error) {
      this.refuse(toApiProblem(error), handle);
      return null;
    } finally {
      this.sending.set(false);
    }
  }

  private refuse(problem: ApiProblem, handle: (problem: ApiProblem) => boolean): void {
    if (handle(problem)) return;
    if (!applyProblem(this.form, problem)) this.refused.set(problem.detail);
    this.focusRefused();
  }

  /** Where a secret has to be entered again, that is where to go on. */
  private focusRefused(): void {
    afterNextRender(
      () =>
        focusFirstInvalid(this.host) ||
        this.host.querySelector<HTMLInputElement>('input[type=password]')?.focus(),
      { injector: this.injector },
    );
  }
}
