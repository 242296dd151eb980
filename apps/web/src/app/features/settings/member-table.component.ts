import { Component, computed, inject, input, output } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { type MemberResponse, type Role, ROLES } from '@voxreach/contracts';
import { TranslatePipe } from '../../core/i18n/translate.pipes';
import { Access } from '../../core/session/access';
import { Session } from '../../core/session/session';
import { EmailComponent } from '../../shared/ui/email.component';
import { IconComponent } from '../../shared/ui/icon.component';
import { roleMeaning, roleWord } from '../../shared/ui/role-words';
import { TimeAgoComponent } from '../../shared/ui/time-ago.component';

@Component({
  selector: 'app-member-table',
  imports: [EmailComponent, IconComponent, MatButton, TimeAgoComponent, TranslatePipe],
  templateUrl: './member-table.component.html',
  styleUrls: ['./people-tables.scss', './member-table.component.scss'],
})
export class MemberTableComponent {
  readonly members = input.required<readonly MemberResponse[]>();
  readonly isLoading = input(false);
  readonly roleChosen = output<{ member: MemberResponse; role: Role }>();
  readonly removing = output<MemberResponse>();
  readonly leaving = output<MemberResponse>();

  private readonly access = inject(Access);
  private readonly session = inject(Session);
  /** Owners are made by owners only. */
  protected readonly roles = computed(() =>
    ROLES.filter((role) => role !== 'owner' || this.access.may('owners:write')),
  );
  private readonly owners = computed(() => this.members().filter(({ role }) => role === 'owner').length);
  protected readonly placeholders = [1, 2, 3];
  protected readonly roleWord = roleWord;
  protected readonly roleMeaning = roleMeaning;

  protected isSelf({ userId }: MemberResponse): boolean {
    return userId === this.session.user()?.id;
  }

  /** An organisation is never left without one. */
  protected isOnlyOwner({ role }: MemberResponse): boolean {
    return role === 'owner' && this.owners() === 1;
  }

  protected mayChange(member: MemberResponse): boolean {
    return (
      !this.isSelf(member) && this.access.may(member.role === 'owner' ? 'owners:write' : 'members:write')
    );
  }

  /** The choice shows once it is saved; until then, and when it is refused, the role before it counts. */
  protected choose(member: MemberResponse, select: HTMLSelectElement): void {
    const role = ROLES.find((known) => known === select.value) ?? member.role;
    select.value = member.role;
    if (role !== member.role) this.roleChosen.emit({ member, role });
  }
}
