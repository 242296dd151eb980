import { Component, computed, inject } from '@angular/core';
import { rxResource } from '@angular/core/rxjs-interop';
import { MatButton } from '@angular/material/button';
import { MatDialog } from '@angular/material/dialog';
import type { MemberResponse, Role } from '@voxreach/contracts';
import { firstValueFrom } from 'rxjs';
import { toApiProblem } from '../../core/api-problem';
import { attempt } from '../../core/attempt';
import { problemOf } from '../../core/problem-of';
import { Access } from '../../core/session/access';
import { Session } from '../../core/session/session';
import { Announcer } from '../../shared/ui/announcer';
import { MessageComponent } from '../../shared/ui/message.component';
import { RemovalDialog } from '../../shared/ui/removal.dialog';
import { aRole } from '../../shared/ui/role-words';
import { InvitationListComponent } from './invitation-list.component';
import { InviteDialog } from './invite.dialog';
import { MemberTableComponent } from './member-table.component';
import { OrganizationApi } from './organization.api';

@Component({
  selector: 'app-members',
  imports: [InvitationListComponent, MatButton, MemberTableComponent, MessageComponent],
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
  protected readonly reading = rxResource({ stream: () => this.api.members() });
  protected readonly members = computed(() => (this.reading.hasValue() ? this.reading.value() : []));
  protected readonly problem = problemOf(this.reading);
  /** Only who may invite is told who is invited. */
  protected readonly readingInvitations = rxResource({
    params: () => this.mayInvite() || undefined,
    stream: () => this.api.invitations(),
  });

  protected async invite(): Promise<void> {
    const isInvited = await firstValueFrom(InviteDialog.open(this.dialog).afterClosed());
    if (isInvited) this.readingInvitations.reload();
  }

  protected async changeRole({ member, role }: { member: MemberResponse; role: Role }): Promise<void> {
    try {
      const changed = await firstValueFrom(this.api.changeRole(member.userId, { role }));
      this.announcer.done(`${changed.name} is ${aRole(changed.role)} now.`);
    } catch (error) {
      this.announcer.failed(toApiProblem(error));
    }
    // Also when it was refused: somebody else may have changed it meanwhile.
    this.reading.reload();
  }

  protected async remove({ userId, name }: MemberResponse): Promise<void> {
    const dialog = RemovalDialog.open(this.dialog, {
      heading: `Remove ${name}?`,
      words: `${name} can no longer see or change anything of this organisation, from this moment on. What they set up stays.`,
      keep: 'Keep member',
      remove: 'Remove member',
      run: () => attempt(this.api.removeMember(userId)),
    });
    if (!(await firstValueFrom(dialog.afterClosed()))) return;
    this.announcer.done(`${name} is removed.`);
    this.reading.reload();
  }

  protected async leave({ userId }: MemberResponse): Promise<void> {
    const name = this.session.organization()?.name ?? '';
    const dialog = RemovalDialog.open(this.dialog, {
      heading: `Leave ${name}?`,
      words: 'You can no longer see or change anything of it. To come back you need a new invitation.',
      keep: 'Stay',
      remove: 'Leave organisation',
      removing: 'Leaving…',
      run: () => attempt(this.api.removeMember(userId)),
    });
    if (await firstValueFrom(dialog.afterClosed())) this.session.startOver();
  }
}
