import { Component, computed, inject } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatDialog } from '@angular/material/dialog';
import type { SignedInSession } from '@voxreach/contracts';
import { firstValueFrom } from 'rxjs';
import { attempt } from '../../core/attempt';
import { t } from '../../core/i18n/translate';
import { TranslatePipe } from '../../core/i18n/translate.pipes';
import { keptResource } from '../../core/kept';
import { Announcer } from '../../shared/ui/announcer';
import { type Column, ListingComponent } from '../../shared/ui/listing.component';
import { type Removal, RemovalDialog } from '../../shared/ui/removal.dialog';
import { TimeAgoComponent } from '../../shared/ui/time-ago.component';
import { AccountApi } from './account.api';
import { browserWords } from '../../shared/ui/browser-words';

const COLUMNS: readonly Column[] = [
  { label: 'Browser' },
  { label: 'IP address', kind: 'kind', width: '144px' },
  { label: 'Last used', kind: 'since', width: '136px' },
  { label: 'Started', kind: 'since' },
];

@Component({
  selector: 'app-sessions',
  imports: [ListingComponent, MatButton, TimeAgoComponent, TranslatePipe],
  templateUrl: './sessions.page.html',
  styleUrl: './settings-page.scss',
})
export class SessionsPage {
  private readonly api = inject(AccountApi);
  private readonly dialog = inject(MatDialog);
  private readonly announcer = inject(Announcer);

  protected readonly reading = keptResource('/api/auth/sessions', () => this.api.sessions());
  protected readonly sessions = computed(() => (this.reading.hasValue() ? this.reading.value() : []));
  protected readonly hasOthers = computed(() => this.sessions().some(({ isCurrent }) => !isCurrent));
  protected readonly columns = COLUMNS;
  protected readonly browserWords = browserWords;

  protected async end({ id, userAgent }: SignedInSession): Promise<void> {
    const browser = browserWords(userAgent);
    await this.confirm(
      () => ({
        heading: t('Sign out {browser}?', { browser }),
        words: t('Whoever uses it has to sign in again. If it was not you, change your password, too.'),
        keep: t('Keep signed in'),
        remove: t('Sign out there'),
        removing: t('Signing out…'),
        run: () => attempt(this.api.endSession(id)),
      }),
      t('{browser} is signed out.', { browser }),
    );
  }

  protected async endOthers(): Promise<void> {
    await this.confirm(
      () => ({
        heading: t('Sign out everywhere else?'),
        words: t('You stay signed in here. All other browsers have to sign in again.'),
        keep: t('Keep signed in'),
        remove: t('Sign out everywhere else'),
        removing: t('Signing out…'),
        run: () => attempt(this.api.endOtherSessions()),
      }),
      t('You are signed out everywhere else.'),
    );
  }

  private async confirm(removal: () => Removal, done: string): Promise<void> {
    if (!(await firstValueFrom(RemovalDialog.open(this.dialog, removal).afterClosed()))) return;
    this.announcer.done(done);
    this.reading.reload();
  }
}
