import { Component, computed, inject } from '@angular/core';
import { rxResource } from '@angular/core/rxjs-interop';
import { MatButton } from '@angular/material/button';
import { MAT_DIALOG_DATA, type MatDialog, MatDialogModule } from '@angular/material/dialog';
import type { AgentResponse } from '@voxreach/contracts';
import { toApiProblem } from '../../core/api-problem';
import { SaidPipe, TranslatePipe } from '../../core/i18n/translate.pipes';
import { AgentsApi } from './agents.api';

/** What an agent says and is told, for those who may not change it. */
@Component({
  selector: 'app-agent-words',
  imports: [MatButton, MatDialogModule, SaidPipe, TranslatePipe],
  template: `
    <h2 mat-dialog-title>{{ agent.name }}</h2>
    <mat-dialog-content>
      @if (problem(); as problem) {
        <p class="notice notice-error" role="alert">{{ problem.detail | said }}</p>
      } @else if (reading.hasValue()) {
        <dl>
          <dt>{{ 'First message' | t }}</dt>
          <dd dir="auto">
            {{ reading.value().firstMessage || ('None: it waits for the caller to speak.' | t) }}
          </dd>
          <dt>{{ 'Instructions' | t }}</dt>
          <dd dir="auto">{{ reading.value().systemPrompt || ('None.' | t) }}</dd>
        </dl>
      } @else {
        <span class="skeleton"></span>
      }
    </mat-dialog-content>
    <mat-dialog-actions align="end">
      <button matButton="filled" type="button" mat-dialog-close>{{ 'Close' | t }}</button>
    </mat-dialog-actions>
  `,
  styles: `
    dt {
      color: var(--text);
      font-weight: 550;
    }

    dd {
      margin-block-end: var(--space-4);
      white-space: pre-line;
      overflow-wrap: anywhere;
    }
  `,
})
export class AgentWordsDialog {
  private readonly api = inject(AgentsApi);
  protected readonly agent = inject<AgentResponse>(MAT_DIALOG_DATA);
  protected readonly reading = rxResource({ stream: () => this.api.get(this.agent.id) });
  protected readonly problem = computed(() => {
    const error = this.reading.error();
    return error && toApiProblem(error.cause ?? error);
  });

  static open(dialog: MatDialog, agent: AgentResponse): void {
    dialog.open<AgentWordsDialog, AgentResponse>(AgentWordsDialog, { data: agent, width: '600px' });
  }
}
