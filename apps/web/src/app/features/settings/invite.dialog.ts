import { Component, computed, inject, signal } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { NonNullableFormBuilder, ReactiveFormsModule } from '@angular/forms';
import { MatButton } from '@angular/material/button';
import { type MatDialog, MatDialogModule, MatDialogRef } from '@angular/material/dialog';
import { InviteBody, type NewInvitationResponse, type Role, ROLES } from '@voxreach/contracts';
import { SaidPipe, TranslatePipe } from '../../core/i18n/translate.pipes';
import { Access } from '../../core/session/access';
import { dtoValidator } from '../../shared/forms/dto-validator';
import { FormSubmission } from '../../shared/forms/form-submission';
import { roleMeaning, roleWord } from '../../shared/ui/role-words';
import { CopySecretComponent } from '../../shared/ui/copy-secret.component';
import { ShownOnceComponent } from '../../shared/ui/shown-once.component';
import { TextFieldComponent } from '../../shared/ui/text-field.component';
import { TimeUntilComponent } from '../../shared/ui/time-until.component';
import { OrganizationApi } from './organization.api';

/** Invites a person, then shows the link to give to them. Closes with true when somebody was invited. */
@Component({
  selector: 'app-invite',
  imports: [
    CopySecretComponent,
    MatButton,
    MatDialogModule,
    ReactiveFormsModule,
    SaidPipe,
    ShownOnceComponent,
    TextFieldComponent,
    TimeUntilComponent,
    TranslatePipe,
  ],
  templateUrl: './invite.dialog.html',
})
export class InviteDialog {
  private readonly api = inject(OrganizationApi);
  private readonly access = inject(Access);
  protected readonly dialog = inject<MatDialogRef<InviteDialog, boolean>>(MatDialogRef);
  protected readonly roles = computed(() =>
    ROLES.filter((role) => role !== 'owner' || this.access.may('owners:write')),
  );
  protected readonly form = inject(NonNullableFormBuilder).group(
    { email: '', role: 'member' as Role },
    { validators: dtoValidator(InviteBody) },
  );
  protected readonly role = toSignal(this.form.controls.role.valueChanges, {
    initialValue: 'member' as Role,
  });
  protected readonly submission = new FormSubmission(this.form);
  protected readonly made = signal<NewInvitationResponse | null>(null);
  protected readonly roleWord = roleWord;
  protected readonly roleMeaning = roleMeaning;

  static open(dialog: MatDialog): MatDialogRef<InviteDialog, boolean> {
    return dialog.open<InviteDialog, undefined, boolean>(InviteDialog, { width: '520px' });
  }

  protected async submit(): Promise<void> {
    const sent = await this.submission.send(() => this.api.invite(this.form.getRawValue()));
    if (sent === null) return;
    // The link must not be lost by a click beside the dialog.
    this.dialog.disableClose = true;
    this.made.set(sent.value);
  }
}
