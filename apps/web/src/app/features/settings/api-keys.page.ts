import { Component, computed, inject } from '@angular/core';
import { rxResource } from '@angular/core/rxjs-interop';
import { MatButton } from '@angular/material/button';
import { MatDialog } from '@angular/material/dialog';
import { type ApiKeyResponse, PERMISSIONS } from '@voxreach/contracts';
import { firstValueFrom } from 'rxjs';
import { attempt } from '../../core/attempt';
import { said, t } from '../../core/i18n/translate';
import { SaidPipe, TranslatePipe } from '../../core/i18n/translate.pipes';
import { problemOf } from '../../core/problem-of';
import { Access } from '../../core/session/access';
import { Announcer } from '../../shared/ui/announcer';
import { MessageComponent } from '../../shared/ui/message.component';
import { RemovalDialog } from '../../shared/ui/removal.dialog';
import { TimeAgoComponent } from '../../shared/ui/time-ago.component';
import { TimeUntilComponent } from '../../shared/ui/time-until.component';
import { ApiKeyDialog } from './api-key.dialog';
import { ApiKeysApi } from './api-keys.api';

@Component({
  selector: 'app-api-keys',
  imports: [MatButton, MessageComponent, SaidPipe, TimeAgoComponent, TimeUntilComponent, TranslatePipe],
  templateUrl: './api-keys.page.html',
  styleUrls: ['./settings-page.scss', './api-keys.page.scss'],
})
export class ApiKeysPage {
  private readonly api = inject(ApiKeysApi);
  private readonly access = inject(Access);
  private readonly dialog = inject(MatDialog);
  private readonly announcer = inject(Announcer);

  protected readonly mayWrite = computed(() => this.access.may('api-keys:write'));
  protected readonly reading = rxResource({ stream: () => this.api.list() });
  protected readonly keys = computed(() => (this.reading.hasValue() ? this.reading.value() : []));
  protected readonly isWaiting = computed(() => this.reading.isLoading() && !this.reading.hasValue());
  protected readonly isEmpty = computed(() => this.reading.hasValue() && this.keys().length === 0);
  protected readonly problem = problemOf(this.reading);
  protected readonly placeholders = [1, 2];

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
