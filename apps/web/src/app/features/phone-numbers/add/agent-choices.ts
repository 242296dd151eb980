import { computed, inject, Service } from '@angular/core';
import { rxResource } from '@angular/core/rxjs-interop';
import { AgentsApi, isAssignable } from '../../agents/agents.api';

/** The agents that a number can be assigned to, read while the first steps are filled in. */
@Service({ autoProvided: false })
export class AgentChoices {
  private readonly api = inject(AgentsApi);
  private readonly reading = rxResource({ stream: () => this.api.listAll() });

  readonly all = computed(() => (this.reading.hasValue() ? this.reading.value().filter(isAssignable) : []));
  readonly isLoading = this.reading.isLoading;
  readonly hasFailed = computed(() => this.reading.error() !== undefined);

  readAgain(): void {
    this.reading.reload();
  }
}
