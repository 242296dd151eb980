import { Location } from '@angular/common';
import { Component, computed, effect, inject, signal } from '@angular/core';
import { rxResource, toSignal } from '@angular/core/rxjs-interop';
import { ActivatedRoute, Router, RouterLink } from '@angular/router';
import type { AcceptInvitationBody, Role } from '@voxreach/contracts';
import { toApiProblem } from '../../core/api-problem';
import type { Sentence } from '../../core/i18n/sentences';
import { t } from '../../core/i18n/translate';
import { SaidPipe, TranslatePipe } from '../../core/i18n/translate.pipes';
import { Session } from '../../core/session/session';
import { roleMeaning } from '../../shared/ui/role-words';
import { AuthFrameComponent } from './auth-frame.component';
import { CodeFormComponent } from './code-form.component';
import { CodeRequest } from './code-request';
import { InvitationFormComponent } from './invitation-form.component';
import { InvitationsApi } from './invitations.api';

const AS_WHAT: Record<Role, Sentence> = {
  owner: 'As an owner, with the address {email}.',
  admin: 'As an admin, with the address {email}.',
  member: 'As a member, with the address {email}.',
  viewer: 'As a viewer, with the address {email}.',
};

/** Where the link of an invitation leads. Its token stands behind the #, which no server sees, and leaves the address at once. */
@Component({
  selector: 'app-invitation',
  imports: [
    AuthFrameComponent,
    CodeFormComponent,
    InvitationFormComponent,
    RouterLink,
    SaidPipe,
    TranslatePipe,
  ],
  templateUrl: './invitation.page.html',
})
export class InvitationPage {
  private readonly api = inject(InvitationsApi);
  private readonly session = inject(Session);
  private readonly router = inject(Router);
  private readonly location = inject(Location);
  private readonly fragment = toSignal(inject(ActivatedRoute).fragment, { initialValue: null });

  protected readonly token = signal('');
  protected readonly reading = rxResource({
    params: () => this.token() || undefined,
    stream: ({ params: token }) => this.api.preview({ token }),
  });
  protected readonly problem = computed(() => {
    const error = this.reading.error();
    return error && toApiProblem(error.cause ?? error);
  });
  protected readonly invitation = computed(() => (this.reading.hasValue() ? this.reading.value() : null));
  protected readonly lead = computed(() => {
    const invitation = this.invitation();
    if (invitation === null) return '';
    const { role, email } = invitation;
    return `${t(AS_WHAT[role], { email })} ${roleMeaning(role)}`;
  });
  /** What was right so far, while a code is asked for. */
  protected readonly pending = new CodeRequest<AcceptInvitationBody>();

  constructor() {
    effect(() => {
      const token = this.fragment();
      if (!token) return;
      this.token.set(token);
      this.location.replaceState(this.location.path());
    });
  }

  protected readonly acceptWith = (code: string): Promise<void> =>
    this.session.acceptInvitation({ ...this.pending.body(), code });

  protected async proceed(): Promise<void> {
    await this.router.navigateByUrl('/numbers');
  }
}
