import { Component, computed, inject } from '@angular/core';
import { rxResource } from '@angular/core/rxjs-interop';
import { MatButton } from '@angular/material/button';
import { MatDialog } from '@angular/material/dialog';
import { RouterLink } from '@angular/router';
import type { AgentResponse } from '@voxreach/contracts';
import { firstValueFrom } from 'rxjs';
import { toApiProblem } from '../../core/api-problem';
import { attempt } from '../../core/attempt';
import { Announcer } from '../../shared/ui/announcer';
import { IconComponent } from '../../shared/ui/icon.component';
import { MessageComponent } from '../../shared/ui/message.component';
import { RemovalDialog } from '../../shared/ui/removal.dialog';
import { TimeAgoComponent } from '../../shared/ui/time-ago.component';
import { AgentDialog } from './agent.dialog';
import { AgentsApi } from './agents.api';

@Component({
  selector: 'app-agent-list',
  imports: [IconComponent, MatButton, MessageComponent, RouterLink, TimeAgoComponent],
  host: { class: 'page' },
  templateUrl: './agent-list.page.html',
})
export class AgentListPage {
  private readonly api = inject(AgentsApi);
  private readonly dialog = inject(MatDialog);
  private readonly announcer = inject(Announcer);

  protected readonly reading = rxResource({ stream: () => this.api.listAll() });
  protected readonly agents = computed(() => (this.reading.hasValue() ? this.reading.value() : []));
  protected readonly isWaiting = computed(() => this.reading.isLoading() && !this.reading.hasValue());
  protected readonly isEmpty = computed(() => this.reading.hasValue() && this.agents().length === 0);
  protected readonly problem = computed(() => {
    const error = this.reading.error();
    return error && toApiProblem(error.cause ?? error);
  });
  protected readonly placeholders = [1, 2, 3];

  /** Opens an agent, or a new one. */
  protected async edit(agent: AgentResponse | null): Promise<void> {
    const dialog = AgentDialog.open(this.dialog, agent);
    const saved = await firstValueFrom(dialog.afterClosed());
    if (saved === undefined) return;
    this.announcer.done(`${saved.name} is saved.`);
    this.reading.reload();
  }

  protected async remove(agent: AgentResponse): Promise<void> {
    const dialog = RemovalDialog.open(this.dialog, {
      heading: `Remove ${agent.name}?`,
      words: 'The agent and its instructions are deleted, here and at Vapi. This cannot be undone.',
      keep: 'Keep agent',
      remove: 'Remove agent',
      run: () => attempt(this.api.remove(agent.id)),
    });
    if (!(await firstValueFrom(dialog.afterClosed()))) return;
    this.announcer.done(`${agent.name} is removed.`);
    this.reading.reload();
  }
}
