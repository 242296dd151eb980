import { Component, computed, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import {
  MAT_DIALOG_DATA,
  type MatDialog,
  MatDialogModule,
  type MatDialogRef,
} from '@angular/material/dialog';
import type { NamedReference } from '@voxreach/contracts';
import { CountedPipe, TranslatePipe } from '../../../core/i18n/translate.pipes';

interface BulkAssign {
  count: number;
  agents: readonly NamedReference[];
}

/** What the list of choices calls nobody. */
const NOBODY = 'nobody';

/** Who shall answer. Closes with the agent in `agent`, null for nobody; with nothing when it was left. */
export interface AgentChoice {
  agent: NamedReference | null;
}

@Component({
  selector: 'app-bulk-assign',
  imports: [CountedPipe, MatButton, MatDialogModule, TranslatePipe],
  template: `
    <h2 mat-dialog-title>{{ 'Who answers {count} numbers?' | counted: data.count }}</h2>
    <mat-dialog-content>
      <div class="field">
        <label class="field-label" for="bulk-agent">{{ 'Agent' | t }}</label>
        <select #agent class="input" id="bulk-agent" (change)="chosen.set(agent.value)">
          <option value="" disabled selected>{{ 'Choose an agent' | t }}</option>
          @for (option of data.agents; track option.id) {
            <option [value]="option.id">{{ option.name }}</option>
          }
          <option [value]="nobody">{{ 'Unassigned' | t }}</option>
        </select>
        <p class="field-help">{{ 'Takes the place of whoever answers them now.' | t }}</p>
      </div>
    </mat-dialog-content>
    <mat-dialog-actions align="end">
      <button matButton="text" type="button" mat-dialog-close>{{ 'Cancel' | t }}</button>
      <button
        matButton="filled"
        type="button"
        [disabled]="choice() === null"
        [mat-dialog-close]="choice() ?? undefined"
      >
        {{
          (chosen() === nobody ? 'Unassign {count} numbers' : 'Assign {count} numbers') | counted: data.count
        }}
      </button>
    </mat-dialog-actions>
  `,
})
export class BulkAssignDialog {
  protected readonly data = inject<BulkAssign>(MAT_DIALOG_DATA);
  protected readonly nobody = NOBODY;
  protected readonly chosen = signal('');
  protected readonly choice = computed((): AgentChoice | null => {
    if (this.chosen() === NOBODY) return { agent: null };
    const agent = this.data.agents.find(({ id }) => id === this.chosen());
    return agent === undefined ? null : { agent };
  });

  static open(dialog: MatDialog, data: BulkAssign): MatDialogRef<BulkAssignDialog, AgentChoice> {
    return dialog.open<BulkAssignDialog, BulkAssign, AgentChoice>(BulkAssignDialog, { data, width: '440px' });
  }
}
