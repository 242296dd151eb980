import { Component, computed, type ElementRef, inject, viewChild } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatDialog } from '@angular/material/dialog';
import { type CredentialResponse, providerOfCredential } from '@voxreach/contracts';
import { firstValueFrom } from 'rxjs';
import { attempt } from '../../core/attempt';
import { said, t } from '../../core/i18n/translate';
import { CountedPipe, TranslatePipe } from '../../core/i18n/translate.pipes';
import { keptResource } from '../../core/kept';
import { Access } from '../../core/session/access';
import { Announcer } from '../../shared/ui/announcer';
import { AttentionNoticeComponent } from '../../shared/ui/attention-notice.component';
import { IconComponent } from '../../shared/ui/icon.component';
import { type Column, ListingComponent } from '../../shared/ui/listing.component';
import { MessageComponent } from '../../shared/ui/message.component';
import { ProviderBadgeComponent } from '../../shared/ui/provider-badge.component';
import { RemovalDialog } from '../../shared/ui/removal.dialog';
import { Settling } from '../../shared/ui/settling';
import { TimeAgoComponent } from '../../shared/ui/time-ago.component';
import { CredentialDialog } from './credential.dialog';
import { CredentialsApi } from './credentials.api';

const COLUMNS: readonly Column[] = [
  { label: 'Name' },
  { label: 'Provider', kind: 'kind' },
  { label: 'Numbers', kind: 'count' },
  { label: 'Saved', kind: 'since' },
];

@Component({
  selector: 'app-credential-list',
  imports: [
    AttentionNoticeComponent,
    CountedPipe,
    IconComponent,
    ListingComponent,
    MatButton,
    MessageComponent,
    ProviderBadgeComponent,
    TimeAgoComponent,
    TranslatePipe,
  ],
  host: { class: 'page' },
  templateUrl: './credential-list.page.html',
})
export class CredentialListPage {
  private readonly api = inject(CredentialsApi);
  private readonly dialog = inject(MatDialog);
  private readonly announcer = inject(Announcer);
  private readonly settling = inject(Settling);
  private readonly heading = viewChild<ElementRef<HTMLElement>>('heading');
  private readonly access = inject(Access);

  protected readonly columns = COLUMNS;
  protected readonly mayWrite = computed(() => this.access.may('credentials:write'));
  protected readonly reading = keptResource('/api/credentials', () => this.api.listAll());
  protected readonly credentials = computed(() => (this.reading.hasValue() ? this.reading.value() : []));
  protected readonly isEmpty = computed(() => this.reading.hasValue() && this.credentials().length === 0);

  protected readonly providerOf = (credential: CredentialResponse) =>
    providerOfCredential(credential.provider).id;

  protected async add(): Promise<void> {
    const saved = await firstValueFrom(CredentialDialog.open(this.dialog).afterClosed());
    if (saved === undefined) return;
    this.announcer.done(t('{name} is saved.', { name: saved.name }));
    this.reading.reload();
  }

  protected readonly retry = (credential: CredentialResponse) =>
    this.settling.run(credential.name, this.api.retry(credential.id), () => this.reading.reload());

  /** The button that was pressed goes with its notice. */
  protected settled(): void {
    this.heading()?.nativeElement.focus();
  }

  protected async remove(credential: CredentialResponse): Promise<void> {
    const { label } = providerOfCredential(credential.provider);
    const dialog = RemovalDialog.open(this.dialog, () => ({
      heading: t('Remove {name}?', { name: credential.name }),
      inUse: t('{name} is still in use', { name: credential.name }),
      words: t(
        'Vapi forgets these credentials. The key itself stays valid at {provider}; withdraw it there if nobody needs it.',
        { provider: said(label) },
      ),
      keep: t('Keep credential'),
      remove: t('Remove credential'),
      run: () => attempt(this.api.remove(credential.id)),
    }));
    if (!(await firstValueFrom(dialog.afterClosed()))) return;
    this.announcer.done(t('{name} is removed.', { name: credential.name }));
    this.reading.reload();
  }
}
