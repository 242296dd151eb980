import { Component, inject, signal } from '@angular/core';
import { FormControl, NonNullableFormBuilder, ReactiveFormsModule } from '@angular/forms';
import { MatButton } from '@angular/material/button';
import { type MatDialog, MatDialogModule, MatDialogRef } from '@angular/material/dialog';
import {
  API_KEY_SCOPES,
  type ApiKeyScope,
  CreateApiKeyBody,
  type NewApiKeyResponse,
  PERMISSIONS,
} from '@voxreach/contracts';
import type { Sentence } from '../../core/i18n/sentences';
import { SaidPipe, TranslatePipe } from '../../core/i18n/translate.pipes';
import { dtoValidator } from '../../shared/forms/dto-validator';
import { messageAt } from '../../shared/forms/field-messages';
import { FormSubmission } from '../../shared/forms/form-submission';
import { CopySecretComponent } from '../../shared/ui/copy-secret.component';
import { ShownOnceComponent } from '../../shared/ui/shown-once.component';
import { TextFieldComponent } from '../../shared/ui/text-field.component';
import { ApiKeysApi } from './api-keys.api';

const DAY_MS = 86_400_000;

/** How long a key works, in days; 0 for until it is revoked. */
const LIFETIMES: readonly { days: number; words: Sentence }[] = [
  { days: 30, words: '30 days' },
  { days: 90, words: '90 days' },
  { days: 365, words: 'One year' },
  { days: 0, words: 'Until it is revoked' },
];

/** Makes a key, then shows it once. Closes with true when one was made. */
@Component({
  selector: 'app-api-key',
  imports: [
    CopySecretComponent,
    MatButton,
    MatDialogModule,
    ReactiveFormsModule,
    SaidPipe,
    ShownOnceComponent,
    TextFieldComponent,
    TranslatePipe,
  ],
  templateUrl: './api-key.dialog.html',
  styleUrl: './api-key.dialog.scss',
})
export class ApiKeyDialog {
  private readonly api = inject(ApiKeysApi);
  private readonly dialog = inject<MatDialogRef<ApiKeyDialog, boolean>>(MatDialogRef);
  protected readonly scopes = API_KEY_SCOPES.map((id) => ({ id, label: PERMISSIONS[id].label }));
  protected readonly lifetimes = LIFETIMES;
  protected readonly days = signal(90);
  protected readonly form = inject(NonNullableFormBuilder).group(
    { name: '', scopes: new FormControl<ApiKeyScope[]>([], { nonNullable: true }) },
    { validators: dtoValidator(CreateApiKeyBody) },
  );
  protected readonly submission = new FormSubmission(this.form);
  protected readonly made = signal<NewApiKeyResponse | null>(null);

  static open(dialog: MatDialog): MatDialogRef<ApiKeyDialog, boolean> {
    return dialog.open<ApiKeyDialog, undefined, boolean>(ApiKeyDialog, { width: '560px' });
  }

  protected get scopesMessage(): string {
    return messageAt(this.form, 'scopes');
  }

  protected toggle(scope: ApiKeyScope, isChosen: boolean): void {
    const { scopes } = this.form.controls;
    const others = scopes.value.filter((other) => other !== scope);
    scopes.setValue(isChosen ? [...others, scope] : others);
  }

  protected live(value: string): void {
    this.days.set(Number(value));
  }

  protected async submit(): Promise<void> {
    const sent = await this.submission.send(() => this.api.create(this.body()));
    if (sent === null) return;
    // The key must not be lost by a click beside the dialog.
    this.dialog.disableClose = true;
    this.made.set(sent.value);
  }

  private body(): CreateApiKeyBody {
    const days = this.days();
    const body = this.form.getRawValue();
    return days === 0 ? body : { ...body, expiresAt: new Date(Date.now() + days * DAY_MS).toISOString() };
  }
}
