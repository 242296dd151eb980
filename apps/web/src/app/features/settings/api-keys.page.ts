import { Component, computed, inject } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatDialog } from '@angular/material/dialog';
import { type ApiKeyResponse, PERMISSIONS } from '@voxreach/contracts';
import { firstValueFrom } from 'rxjs';
import { attempt } from '../../core/attempt';
import { said, t } from '../../core/i18n/translate';
import { TranslatePipe } from '../../core/i18n/translate.pipes';
import { keptResource } from '../../core/kept';
import { Access } from '../../core/session/access';
import { Announcer } from '../../shared/ui/announcer';
import { type Column, ListingComponent } from '../../shared/ui/listing.component';
import { MessageComponent } from '../../shared/ui/message.component';
import { RemovalDialog } from '../../shared/ui/removal.dialog';
import { TimeAgoComponent } from '../../shared/ui/time-ago.component';
import { TimeUntilComponent } from '../../shared/ui/time-until.component';
import { ApiKeyDialog } from './api-key.dialog';
import { ApiKeysApi } from './api-keys.api';

const COLUMNS: readonly Column[] = [
  { label: 'Key' },
  { label: 'Created', kind: 'since' },
  { label: 'Last used', kind: 'since' },
  { label: 'Expires', kind: 'since' },
];

@Component({
  selector: 'app-api-keys',
  imports: [
    ListingComponent,
    MatButton,
    MessageComponent,
    TimeAgoComponent,
    TimeUntilComponent,
    TranslatePipe,
  ],
  templateUrl: './api-keys.page.html',
  styleUrls: ['./settings-page.scss', './api-keys.page.scss'],
})
export class ApiKeysPage {
  private readonly api = inject(ApiKeysApi);
  private readonly access = inject(Access);
  private readonly dialog = inject(MatDialog);
  private readonly announcer = inject(Announcer);

  protected readonly mayWrite = computed(() => this.access.may('api-keys:write'));
  protected readonly reading = keptResource('/api/api-keys', () => this.api.list());
  protected readonly keys = computed(() => (this.reading.hasValue() ? this.reading.value() : []));
  protected readonly isEmpty = computed(() => this.reading.hasValue() && this.keys().length === 0);
  protected readonly columns = COLUMNS;

  protected scopeWords({ scopes }: ApiKeyResponse): string {
    return scopes.map((scope) => said(PERMISSIONS[scope].label)).join(t('; '));
  }

  protected isExpired({ expiresAt }: ApiKeyResponse): boolean {
    return expiresAt !== null && Date.parse(expiresAt) <= Date.now();
  }

  protected async create(): Promise<void> {
    if (await firstValueFrom(ApiKeyDialog.open(this.dialog).afterClosed())) this.reading.reload();
  }

  protected async revoke({ id, name }: ApiKeyResponse): Promise<void> {
    const dialog = RemovalDialog.open(this.dialog, () => ({
      heading: t('Revoke {name}?', { name }),
      words: t('Whatever uses this key is refused from this moment on. This cannot be undone.'),
      keep: t('Keep key'),
      remove: t('Revoke key'),
      removing: t('Revoking…'),
      run: () => attempt(this.api.revoke(id)),
    }));
    if (!(await firstValueFrom(dialog.afterClosed()))) return;
    this.announcer.done(t('{name} is revoked.', { name }));
    this.reading.reload();
  }
}
