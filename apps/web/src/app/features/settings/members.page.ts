import { Component, computed, inject } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatDialog } from '@angular/material/dialog';
import type { MemberResponse, Role } from '@voxreach/contracts';
import { firstValueFrom } from 'rxjs';
import { toApiProblem } from '../../core/api-problem';
import { attempt } from '../../core/attempt';
import type { Sentence } from '../../core/i18n/sentences';
import { t } from '../../core/i18n/translate';
import { SaidPipe, TranslatePipe } from '../../core/i18n/translate.pipes';
import { keptResource } from '../../core/kept';
import { problemOf } from '../../core/problem-of';
import { Access } from '../../core/session/access';
import { Session } from '../../core/session/session';
import { Announcer } from '../../shared/ui/announcer';
import { MessageComponent } from '../../shared/ui/message.component';
import { RemovalDialog } from '../../shared/ui/removal.dialog';
import { InvitationListComponent } from './invitation-list.component';
import { InviteDialog } from './invite.dialog';
import { MemberTableComponent } from './member-table.component';
import { OrganizationApi } from './organization.api';

const ROLE_CHANGED: Record<Role, Sentence> = {
  owner: '{name} is an owner now.',
  admin: '{name} is an admin now.',
  member: '{name} is a member now.',
  viewer: '{name} is a viewer now.',
};

@Component({
  selector: 'app-members',
  imports: [
    InvitationListComponent,
    MatButton,
    MemberTableComponent,
    MessageComponent,
    SaidPipe,
    TranslatePipe,
  ],
  templateUrl: './members.page.html',
  styleUrl: './settings-page.scss',
})
export class MembersPage {
  private readonly api = inject(OrganizationApi);
  private readonly access = inject(Access);
  private readonly session = inject(Session);
  private readonly dialog = inject(MatDialog);
  private readonly announcer = inject(Announcer);

  protected readonly mayInvite = computed(() => this.access.may('members:write'));
  protected readonly reading = keptResource('/api/members', () => this.api.members());
  protected readonly members = computed(() => (this.reading.hasValue() ? this.reading.value() : []));
  protected readonly problem = problemOf(this.reading);
  /** Only who may invite is told who is invited. */
  protected readonly readingInvitations = keptResource(
    () => (this.mayInvite() ? '/api/invitations' : undefined),
    () => this.api.invitations(),
  );

  protected async invite(): Promise<void> {
    const isInvited = await firstValueFrom(InviteDialog.open(this.dialog).afterClosed());
    if (isInvited) this.readingInvitations.reload();
  }

  protected async changeRole({ member, role }: { member: MemberResponse; role: Role }): Promise<void> {
    try {
      const changed = await firstValueFrom(this.api.changeRole(member.userId, { role }));
      this.announcer.done(t(ROLE_CHANGED[changed.role], { name: changed.name }));
    } catch (error) {
      this.announcer.failed(toApiProblem(error));
    }
    // Also when it was refused: somebody else may have changed it meanwhile.
    this.reading.reload();
  }

  protected async remove({ userId, name }: MemberResponse): Promise<void> {
    const dialog = RemovalDialog.open(this.dialog, () => ({
      heading: t('Remove {name}?', { name }),
      words: t(
        '{name} can no longer see or change anything of this organisation, from this moment on. What they set up stays.',
        { name },
      ),
      keep: t('Keep member'),
      remove: t('Remove member'),
      run: () => attempt(this.api.removeMember(userId)),
    }));
    if (!(await firstValueFrom(dialog.afterClosed()))) return;
    this.announcer.done(t('{name} is removed.', { name }));
    this.reading.reload();
  }

  protected async leave({ userId }: MemberResponse): Promise<void> {
    const name = this.session.organization()?.name ?? '';
    const dialog = RemovalDialog.open(this.dialog, () => ({
      heading: t('Leave {name}?', { name }),
      words: t('You can no longer see or change anything of it. To come back you need a new invitation.'),
      keep: t('Stay'),
      remove: t('Leave organisation'),
      removing: t('Leaving…'),
      run: () => attempt(this.api.removeMember(userId)),
    }));
    if (await firstValueFrom(dialog.afterClosed())) this.session.startOver();
  }
}
