import { Component, computed, effect, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { SecurityNoticeKind } from '@voxreach/contracts';
import type { Sentence } from '../../core/i18n/sentences';
import { TranslatePipe } from '../../core/i18n/translate.pipes';
import { keptResource } from '../../core/kept';
import { Session } from '../../core/session/session';
import { type Column, ListingComponent } from '../../shared/ui/listing.component';
import { TimeAgoComponent } from '../../shared/ui/time-ago.component';
import { AccountApi } from './account.api';
import { browserWords } from '../../shared/ui/browser-words';

const COLUMNS: readonly Column[] = [
  { label: 'What happened' },
  { label: 'Browser', kind: 'kind', width: '164px' },
  { label: 'IP address', kind: 'kind', width: '144px' },
  { label: 'When', kind: 'since' },
];

const WORDS: Record<SecurityNoticeKind, Sentence> = {
  new_address: 'Signed in from a new IP address',
  password_changed: 'The password was changed',
  password_reset: 'The operator gave the account a new password',
  second_factor_added: 'A second factor was set up',
  second_factor_removed: 'The second factor was removed',
  recovery_codes_replaced: 'New recovery codes were made',
  recovery_code_used: 'A recovery code was used',
  code_reused: 'A code of the authenticator app came a second time and was refused',
  session_stolen: 'A session was ended because a copy of it was used',
};

/** What may be behind it, and what to do, where that does not go without saying. */
const MEANINGS: Partial<Record<SecurityNoticeKind, Sentence>> = {
  code_reused:
    'Each code works once. If you did not enter it twice, somebody may have seen it and may know your password: change your password.',
  session_stolen:
    'What keeps a browser signed in may have been copied. If you do not know this browser or address, change your password.',
};

/** What happened to the person's account that may have been somebody else. What is shown is no news any more. */
@Component({
  selector: 'app-security-notices',
  imports: [ListingComponent, RouterLink, TimeAgoComponent, TranslatePipe],
  templateUrl: './security-notices.component.html',
  styleUrls: ['./settings-page.scss', './security-notices.component.scss'],
})
export class SecurityNoticesComponent {
  private readonly api = inject(AccountApi);
  private readonly session = inject(Session);

  protected readonly reading = keptResource('/api/auth/security-notices', () => this.api.securityNotices());
  protected readonly notices = computed(() => (this.reading.hasValue() ? this.reading.value() : []));
  private readonly newest = computed(() => this.notices().find(({ isNew }) => isNew)?.createdAt);
  protected readonly columns = COLUMNS;
  protected readonly words = WORDS;
  protected readonly meanings = MEANINGS;
  protected readonly browserWords = browserWords;

  constructor() {
    effect(() => {
      const newest = this.newest();
      if (newest === undefined) return;
      // Without an answer they stay new, and are marked the next time.
      this.api
        .markSecurityNoticesSeen(newest)
        .subscribe({ next: () => this.session.refreshDetails(), error: () => undefined });
    });
  }
}
