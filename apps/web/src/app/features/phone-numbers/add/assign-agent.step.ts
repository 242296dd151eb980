import { Component, computed, inject, input, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { CountedPipe, SaidPipe, TranslatePipe } from '../../../core/i18n/translate.pipes';
import { messageAt } from '../../../shared/forms/field-messages';
import { ProviderFieldsComponent } from '../../../shared/forms/provider-fields/provider-fields.component';
import { AddNumberStore } from './add-number.store';
import { AgentChoices } from './agent-choices';
import { type Draft, FALLBACK_FIELD } from './import-draft';
import { ImportProgressComponent } from './import-progress.component';
import { ImportSummaryComponent } from './import-summary.component';

@Component({
  selector: 'app-assign-agent-step',
  imports: [
    CountedPipe,
    ImportProgressComponent,
    ImportSummaryComponent,
    MatButton,
    ProviderFieldsComponent,
    SaidPipe,
    TranslatePipe,
  ],
  templateUrl: './assign-agent.step.html',
  styleUrls: ['./step.scss', '../../../shared/forms/choices.scss', './assign-agent.step.scss'],
})
export class AssignAgentStep {
  readonly draft = input.required<Draft>();

  protected readonly store = inject(AddNumberStore);
  protected readonly fallback = [FALLBACK_FIELD];
  protected readonly agents = inject(AgentChoices);
  protected readonly search = signal('');
  protected readonly found = computed(() => {
    const wanted = this.search().trim().toLocaleLowerCase();
    return this.agents.all().filter(({ name }) => name.toLocaleLowerCase().includes(wanted));
  });
  protected readonly agentName = computed(
    () => this.agents.all().find(({ id }) => id === this.store.value()['agentId'])?.name ?? null,
  );

  /** Stands at the list: the agent may have been removed meanwhile. */
  protected readonly refusal = computed(() => {
    this.store.value();
    return messageAt(this.draft().form, 'agentId');
  });

  protected assign(agentId: string): void {
    const control = this.draft().form.get('agentId');
    control?.setValue(agentId);
    control?.markAsDirty();
  }

  protected find(event: Event): void {
    if (event.target instanceof HTMLInputElement) this.search.set(event.target.value);
  }

  protected add(event: Event): void {
    event.preventDefault();
    void this.store.add();
  }
}
