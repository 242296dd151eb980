import { inject, Service } from '@angular/core';
import { MatDialog } from '@angular/material/dialog';
import type { NamedReference, PhoneNumberResponse } from '@voxreach/contracts';
import { firstValueFrom } from 'rxjs';
import { counted, t } from '../../../core/i18n/translate';
import { NumberChanges } from '../number-changes';
import { PhoneFormat } from '../phone-format';
import { BulkAssignDialog } from './bulk-assign.dialog';
import { BulkRemovalDialog } from './bulk-removal.dialog';
import { BulkRenameDialog } from './bulk-rename.dialog';
import { type BulkRun, BulkRunDialog } from './bulk-run.dialog';

type Numbers = readonly PhoneNumberResponse[];

/** Asks what to do with several numbers and does it. Loaded when it is wanted. Each resolves with the ids for which it went wrong; null when it was left. */
@Service()
export class BulkActions {
  private readonly dialog = inject(MatDialog);
  private readonly changes = inject(NumberChanges);
  private readonly phones = inject(PhoneFormat);

  async assign(numbers: Numbers, agents: readonly NamedReference[]): Promise<string[] | null> {
    const asked = BulkAssignDialog.open(this.dialog, { count: numbers.length, agents });
    const choice = await firstValueFrom(asked.afterClosed());
    if (choice === undefined) return null;
    const { agent } = choice;
    return this.run({
      heading: agent
        ? counted('Assigning {count} numbers to {agent}', numbers.length, { agent: agent.name })
        : counted('Unassigning {count} numbers', numbers.length),
      done: agent ? t('{agent} answers', { agent: agent.name }) : t('Nobody answers'),
      numbers,
      run: ({ id }) => this.changes.change(id, { agentId: agent?.id ?? null }),
    });
  }

  async rename(numbers: Numbers): Promise<string[] | null> {
    const titles = numbers.map((number) => this.phones.title(number));
    const names = await firstValueFrom(BulkRenameDialog.open(this.dialog, titles).afterClosed());
    if (names === undefined) return null;
    const nameOf = new Map(numbers.map(({ id }, index) => [id, names[index]]));
    return this.run({
      heading: counted('Renaming {count} numbers', numbers.length),
      done: t('Renamed'),
      numbers,
      run: ({ id }) => this.changes.change(id, { name: nameOf.get(id) }),
    });
  }

  async remove(numbers: Numbers): Promise<string[] | null> {
    const [only, ...others] = numbers;
    if (only && others.length === 0) return (await this.changes.remove(only)) ? [] : null;
    if (!(await firstValueFrom(BulkRemovalDialog.open(this.dialog, numbers).afterClosed()))) return null;
    return this.run({
      heading: counted('Removing {count} numbers', numbers.length),
      done: t('Removed'),
      numbers,
      run: ({ id }) => this.changes.drop(id),
    });
  }

  private async run(run: BulkRun): Promise<string[]> {
    return (await firstValueFrom(BulkRunDialog.open(this.dialog, run).afterClosed())) ?? [];
  }
}
