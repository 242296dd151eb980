import { Component, computed, effect, inject } from '@angular/core';
import { NonNullableFormBuilder, ReactiveFormsModule } from '@angular/forms';
import { MatButton } from '@angular/material/button';
import { type Role, UpdateOrganizationBody } from '@voxreach/contracts';
import type { Sentence } from '../../core/i18n/sentences';
import { t } from '../../core/i18n/translate';
import { SaidPipe, TranslatePipe } from '../../core/i18n/translate.pipes';
import { keptResource } from '../../core/kept';
import { problemOf } from '../../core/problem-of';
import { Access } from '../../core/session/access';
import { Session } from '../../core/session/session';
import { dtoValidator } from '../../shared/forms/dto-validator';
import { FormSubmission } from '../../shared/forms/form-submission';
import { Announcer } from '../../shared/ui/announcer';
import { MessageComponent } from '../../shared/ui/message.component';
import { roleMeaning } from '../../shared/ui/role-words';
import { TextFieldComponent } from '../../shared/ui/text-field.component';
import { TimeAgoComponent } from '../../shared/ui/time-ago.component';
import { OrganizationApi } from './organization.api';
import { SecondFactorRuleComponent } from './second-factor-rule.component';

const YOUR_ROLE: Record<Role, Sentence> = {
  owner: 'You are an owner here.',
  admin: 'You are an admin here.',
  member: 'You are a member here.',
  viewer: 'You are a viewer here.',
};

@Component({
  selector: 'app-organization',
  imports: [
    MatButton,
    MessageComponent,
    ReactiveFormsModule,
    SaidPipe,
    SecondFactorRuleComponent,
    TextFieldComponent,
    TimeAgoComponent,
    TranslatePipe,
  ],
  templateUrl: './organization.page.html',
  styleUrl: './settings-page.scss',
})
export class OrganizationPage {
  private readonly api = inject(OrganizationApi);
  private readonly access = inject(Access);
  private readonly session = inject(Session);
  private readonly announcer = inject(Announcer);

  protected readonly reading = keptResource('/api/organization', () => this.api.get());
  protected readonly organization = computed(() => (this.reading.hasValue() ? this.reading.value() : null));
  protected readonly problem = problemOf(this.reading);
  protected readonly mayRename = computed(() => this.access.may('organization:write'));
  protected readonly role = computed(() => this.session.organization()?.role);
  protected readonly yourRole = YOUR_ROLE;
  protected readonly roleMeaning = roleMeaning;
  protected readonly form = inject(NonNullableFormBuilder).group(
    { name: '' },
    { validators: dtoValidator(UpdateOrganizationBody) },
  );
  protected readonly submission = new FormSubmission(this.form);

  constructor() {
    // What was typed stays when it is only read again.
    effect(() => {
      const name = this.organization()?.name;
      if (name !== undefined && this.form.pristine) this.form.reset({ name });
    });
  }

  protected async submit(): Promise<void> {
    const saved = await this.submission.send(() => this.api.rename(this.form.getRawValue()));
    if (saved === null) return;
    this.form.reset({ name: saved.value.name });
    this.reading.reload();
    this.session.refreshDetails();
    this.announcer.done(t('The name is saved.'));
  }
}
