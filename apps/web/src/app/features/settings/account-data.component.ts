import { Component, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatDialog } from '@angular/material/dialog';
import { firstValueFrom } from 'rxjs';
import { toApiProblem } from '../../core/api-problem';
import { attempt } from '../../core/attempt';
import { t } from '../../core/i18n/translate';
import { TranslatePipe } from '../../core/i18n/translate.pipes';
import { SaveFile } from '../../core/save-file';
import { Session } from '../../core/session/session';
import { Announcer } from '../../shared/ui/announcer';
import { RemovalDialog } from '../../shared/ui/removal.dialog';
import { AccountApi } from './account.api';

/** What is kept of a person: to take along, and to delete. */
@Component({
  selector: 'app-account-data',
  imports: [MatButton, TranslatePipe],
  templateUrl: './account-data.component.html',
  styleUrl: './settings-page.scss',
})
export class AccountDataComponent {
  private readonly api = inject(AccountApi);
  private readonly session = inject(Session);
  private readonly dialog = inject(MatDialog);
  private readonly files = inject(SaveFile);
  private readonly announcer = inject(Announcer);

  protected readonly isReading = signal(false);

  protected async download(): Promise<void> {
    this.isReading.set(true);
    try {
      const data = await firstValueFrom(this.api.data());
      this.files.save('voxreach-account.json', 'application/json', JSON.stringify(data, null, 2));
    } catch (error) {
      this.announcer.failed(toApiProblem(error));
    } finally {
      this.isReading.set(false);
    }
  }

  protected async remove(): Promise<void> {
    const email = this.session.user()?.email ?? '';
    const dialog = RemovalDialog.open(this.dialog, () => ({
      heading: t('Delete the account {email}?', { email }),
      words: t('You will be signed out everywhere, and nobody can bring the account back.'),
      keep: t('Keep account'),
      remove: t('Delete my account'),
      run: () => attempt(this.api.deleteAccount({ email })),
    }));
    if (await firstValueFrom(dialog.afterClosed())) this.session.startOver();
  }
}
