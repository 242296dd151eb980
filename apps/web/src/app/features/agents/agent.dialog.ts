import { afterNextRender, Component, effect, ElementRef, inject, Injector, signal } from '@angular/core';
import { rxResource } from '@angular/core/rxjs-interop';
import { NonNullableFormBuilder, ReactiveFormsModule } from '@angular/forms';
import { MatButton } from '@angular/material/button';
import { MAT_DIALOG_DATA, type MatDialog, MatDialogModule, MatDialogRef } from '@angular/material/dialog';
import { type AgentResponse, CreateAgentBody } from '@voxreach/contracts';
import { firstValueFrom, of } from 'rxjs';
import { toApiProblem } from '../../core/api-problem';
import { SaidPipe, TranslatePipe } from '../../core/i18n/translate.pipes';
import { applyProblem } from '../../shared/forms/apply-problem';
import { dtoValidator } from '../../shared/forms/dto-validator';
import { focusFirstInvalid } from '../../shared/forms/focus-first-invalid';
import { pruneEmpty } from '../../shared/forms/prune-empty';
import { TextFieldComponent } from '../../shared/ui/text-field.component';
import { AgentsApi } from './agents.api';

/** Creates an agent, or changes the one it is given. Closes with what was saved. */
@Component({
  selector: 'app-agent-form',
  imports: [MatButton, MatDialogModule, ReactiveFormsModule, SaidPipe, TextFieldComponent, TranslatePipe],
  templateUrl: './agent.dialog.html',
})
export class AgentDialog {
  private readonly api = inject(AgentsApi);
  private readonly dialog = inject<MatDialogRef<AgentDialog, AgentResponse>>(MatDialogRef);
  private readonly injector = inject(Injector);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  protected readonly agent = inject<AgentResponse | null>(MAT_DIALOG_DATA);
  /** Message and instructions are held by Vapi alone and read when they are needed. */
  protected readonly reading = rxResource({
    stream: () => (this.agent ? this.api.get(this.agent.id) : of(null)),
  });
  protected readonly form = inject(NonNullableFormBuilder).group(
    { name: this.agent?.name ?? '', firstMessage: '', systemPrompt: '' },
    { validators: dtoValidator(CreateAgentBody) },
  );
  protected readonly isSaving = signal(false);
  protected readonly refusal = signal('');

  constructor() {
    effect(() => {
      const error = this.reading.error();
      if (error) this.refusal.set(toApiProblem(error.cause ?? error).detail);
      const detail = this.reading.hasValue() ? this.reading.value() : null;
      if (detail === null) return;
      const { name, firstMessage, systemPrompt } = detail;
      this.form.setValue({ name, firstMessage: firstMessage ?? '', systemPrompt: systemPrompt ?? '' });
    });
  }

  static open(dialog: MatDialog, agent: AgentResponse | null): MatDialogRef<AgentDialog, AgentResponse> {
    return dialog.open<AgentDialog, AgentResponse | null, AgentResponse>(AgentDialog, {
      data: agent,
      width: '600px',
    });
  }

  protected async submit(): Promise<void> {
    this.form.markAllAsTouched();
    if (this.form.invalid) return this.focusRefused();
    this.isSaving.set(true);
    this.refusal.set('');
    try {
      this.dialog.close(await firstValueFrom(this.request()));
    } catch (error) {
      const problem = toApiProblem(error);
      if (!applyProblem(this.form, problem)) this.refusal.set(problem.detail);
      this.isSaving.set(false);
      this.focusRefused();
    }
  }

  private request() {
    const body = this.form.getRawValue();
    // A text that was emptied has to be sent to be cleared; a new agent simply goes without.
    return this.agent
      ? this.api.update(this.agent.id, body)
      : this.api.create({ name: body.name, ...pruneEmpty(body) });
  }

  private focusRefused(): void {
    afterNextRender(() => focusFirstInvalid(this.host), { injector: this.injector });
  }
}
