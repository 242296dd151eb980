import { Component, computed, type ElementRef, inject, viewChild } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatDialog } from '@angular/material/dialog';
import { RouterLink } from '@angular/router';
import type { AgentResponse } from '@voxreach/contracts';
import { firstValueFrom } from 'rxjs';
import { attempt } from '../../core/attempt';
import { t } from '../../core/i18n/translate';
import { CountedPipe, TranslatePipe } from '../../core/i18n/translate.pipes';
import { keptResource } from '../../core/kept';
import { Access } from '../../core/session/access';
import { Announcer } from '../../shared/ui/announcer';
import { AttentionNoticeComponent } from '../../shared/ui/attention-notice.component';
import { IconComponent } from '../../shared/ui/icon.component';
import { type Column, ListingComponent } from '../../shared/ui/listing.component';
import { MessageComponent } from '../../shared/ui/message.component';
import { RemovalDialog } from '../../shared/ui/removal.dialog';
import { Settling } from '../../shared/ui/settling';
import { TimeAgoComponent } from '../../shared/ui/time-ago.component';
import { AgentDialog } from './agent.dialog';
import { AgentWordsDialog } from './agent-words.dialog';
import { AgentsApi } from './agents.api';

const COLUMNS: readonly Column[] = [
  { label: 'Name' },
  { label: 'Numbers', kind: 'count' },
  { label: 'Created', kind: 'since' },
];

@Component({
  selector: 'app-agent-list',
  imports: [
    AttentionNoticeComponent,
    CountedPipe,
    IconComponent,
    ListingComponent,
    MatButton,
    MessageComponent,
    RouterLink,
    TimeAgoComponent,
    TranslatePipe,
  ],
  host: { class: 'page' },
  templateUrl: './agent-list.page.html',
})
export class AgentListPage {
  private readonly api = inject(AgentsApi);
  private readonly dialog = inject(MatDialog);
  private readonly announcer = inject(Announcer);
  private readonly settling = inject(Settling);
  private readonly heading = viewChild<ElementRef<HTMLElement>>('heading');
  private readonly access = inject(Access);

  protected readonly columns = COLUMNS;
  protected readonly mayWrite = computed(() => this.access.may('agents:write'));
  protected readonly reading = keptResource('/api/agents', () => this.api.listAll());
  protected readonly agents = computed(() => (this.reading.hasValue() ? this.reading.value() : []));
  protected readonly isEmpty = computed(() => this.reading.hasValue() && this.agents().length === 0);

  /** Opens an agent, or a new one. */
  protected async edit(agent: AgentResponse | null): Promise<void> {
    if (agent !== null && !this.mayWrite()) return AgentWordsDialog.open(this.dialog, agent);
    const dialog = AgentDialog.open(this.dialog, agent);
    const saved = await firstValueFrom(dialog.afterClosed());
    if (saved === undefined) return;
    this.announcer.done(t('{name} is saved.', { name: saved.name }));
    this.reading.reload();
  }

  protected readonly retry = (agent: AgentResponse) =>
    this.settling.run(agent.name, this.api.retry(agent.id), () => this.reading.reload());

  /** The button that was pressed goes with its notice. */
  protected settled(): void {
    this.heading()?.nativeElement.focus();
  }

  protected async remove(agent: AgentResponse): Promise<void> {
    const dialog = RemovalDialog.open(this.dialog, () => ({
      heading: t('Remove {name}?', { name: agent.name }),
      inUse: t('{name} is still in use', { name: agent.name }),
      words: t('The agent and its instructions are deleted, here and at Vapi. This cannot be undone.'),
      keep: t('Keep agent'),
      remove: t('Remove agent'),
      run: () => attempt(this.api.remove(agent.id)),
    }));
    if (!(await firstValueFrom(dialog.afterClosed()))) return;
    this.announcer.done(t('{name} is removed.', { name: agent.name }));
    this.reading.reload();
  }
}
