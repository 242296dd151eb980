import { Component, computed, inject, input } from '@angular/core';
import type { ResourceRef } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatDialog } from '@angular/material/dialog';
import type { InvitationResponse } from '@voxreach/contracts';
import { firstValueFrom } from 'rxjs';
import { attempt } from '../../core/attempt';
import { t } from '../../core/i18n/translate';
import { SaidPipe, TranslatePipe } from '../../core/i18n/translate.pipes';
import { problemIn } from '../../core/problem-of';
import { Announcer } from '../../shared/ui/announcer';
import { EmailComponent } from '../../shared/ui/email.component';
import { RemovalDialog } from '../../shared/ui/removal.dialog';
import { roleWord } from '../../shared/ui/role-words';
import { TimeAgoComponent } from '../../shared/ui/time-ago.component';
import { TimeUntilComponent } from '../../shared/ui/time-until.component';
import { OrganizationApi } from './organization.api';

/** Invitations that nobody has accepted yet. */
@Component({
  selector: 'app-invitation-list',
  imports: [EmailComponent, MatButton, SaidPipe, TimeAgoComponent, TimeUntilComponent, TranslatePipe],
  templateUrl: './invitation-list.component.html',
  styleUrls: ['./settings-page.scss', './people-tables.scss'],
})
export class InvitationListComponent {
  readonly reading = input.required<ResourceRef<InvitationResponse[] | undefined>>();

  private readonly api = inject(OrganizationApi);
  private readonly dialog = inject(MatDialog);
  private readonly announcer = inject(Announcer);
  protected readonly roleWord = roleWord;
  protected readonly invitations = computed(() =>
    this.reading().hasValue() ? (this.reading().value() ?? []) : [],
  );
  protected readonly problem = computed(() => problemIn(this.reading()));

  protected async revoke({ id, email }: InvitationResponse): Promise<void> {
    const dialog = RemovalDialog.open(this.dialog, () => ({
      heading: t('Withdraw the invitation of {email}?', { email }),
      words: t('Its link stops working at once. You can invite the same person again.'),
      keep: t('Keep invitation'),
      remove: t('Withdraw invitation'),
      removing: t('Withdrawing…'),
      run: () => attempt(this.api.revokeInvitation(id)),
    }));
    if (!(await firstValueFrom(dialog.afterClosed()))) return;
    this.announcer.done(t('The invitation of {email} is withdrawn.', { email }));
    this.reading().reload();
  }
}
