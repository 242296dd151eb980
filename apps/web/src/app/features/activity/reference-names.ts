import { inject, Service, signal } from '@angular/core';
import { forkJoin } from 'rxjs';
import { t } from '../../core/i18n/translate';
import { AgentsApi } from '../agents/agents.api';
import { CredentialsApi } from '../credentials/credentials.api';

/** The names of agents and credentials that entries know by id alone. Read once somebody opens such an entry. */
@Service({ autoProvided: false })
export class ReferenceNames {
  private readonly agents = inject(AgentsApi);
  private readonly credentials = inject(CredentialsApi);
  private readonly names = signal<ReadonlyMap<string, string> | null>(null);
  private isAsked = false;

  /** What is gone has no name any more. */
  readonly of = (id: string): string => {
    const names = this.names();
    return names === null ? '…' : (names.get(id) ?? t('one that was removed ({id})', { id }));
  };

  read(): void {
    if (this.isAsked) return;
    this.isAsked = true;
    forkJoin([this.agents.listAll(), this.credentials.listAll()]).subscribe({
      next: (lists) => this.names.set(new Map(lists.flat().map(({ id, name }) => [id, name]))),
      // The ids alone are true, too.
      error: () => this.names.set(new Map()),
    });
  }
}
