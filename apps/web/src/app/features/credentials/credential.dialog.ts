import {
  afterNextRender,
  Component,
  ElementRef,
  inject,
  Injector,
  linkedSignal,
  signal,
} from '@angular/core';
import { ReactiveFormsModule } from '@angular/forms';
import { MatButton } from '@angular/material/button';
import { type MatDialog, MatDialogModule, MatDialogRef } from '@angular/material/dialog';
import type { CreateCredentialBody, CredentialResponse } from '@voxreach/contracts';
import { firstValueFrom } from 'rxjs';
import { toApiProblem } from '../../core/api-problem';
import { SaidPipe, TranslatePipe } from '../../core/i18n/translate.pipes';
import { applyProblem } from '../../shared/forms/apply-problem';
import { focusFirstInvalid } from '../../shared/forms/focus-first-invalid';
import { ProviderFieldsComponent } from '../../shared/forms/provider-fields/provider-fields.component';
import { inputsIn } from '../../shared/forms/provider-fields/provider-form';
import { pruneEmpty } from '../../shared/forms/prune-empty';
import { switchedPaths } from '../../shared/forms/switched-group';
import { TextFieldComponent } from '../../shared/ui/text-field.component';
import { CREDENTIAL_KINDS, type CredentialKind, credentialForm } from './credential-form';
import { CredentialsApi } from './credentials.api';

/** Saves credentials of a carrier. Closes with what was saved; secrets leave the form as soon as they are sent. */
@Component({
  selector: 'app-credential-dialog',
  imports: [
    MatButton,
    MatDialogModule,
    ProviderFieldsComponent,
    ReactiveFormsModule,
    SaidPipe,
    TextFieldComponent,
    TranslatePipe,
  ],
  templateUrl: './credential.dialog.html',
})
export class CredentialDialog {
  private readonly api = inject(CredentialsApi);
  private readonly dialog = inject<MatDialogRef<CredentialDialog, CredentialResponse>>(MatDialogRef);
  private readonly injector = inject(Injector);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  protected readonly kinds = CREDENTIAL_KINDS;
  private readonly chosen = signal<CredentialKind | undefined>(CREDENTIAL_KINDS[0]);
  /** Kind and form change together: a form of other fields would not fit. */
  protected readonly draft = linkedSignal<CredentialKind | undefined, Draft | null>({
    source: this.chosen,
    computation: (kind, before) =>
      kind ? { kind, form: credentialForm(kind, before?.value?.form.controls.name.value ?? '') } : null,
  });
  protected readonly forgotten = signal<ReadonlySet<string>>(new Set());
  protected readonly isSaving = signal(false);
  protected readonly refusal = signal('');

  static open(dialog: MatDialog): MatDialogRef<CredentialDialog, CredentialResponse> {
    return dialog.open<CredentialDialog, undefined, CredentialResponse>(CredentialDialog, { width: '560px' });
  }

  protected choose(provider: string): void {
    this.chosen.set(CREDENTIAL_KINDS.find((kind) => kind.provider === provider));
    this.forgotten.set(new Set());
    this.refusal.set('');
  }

  protected async submit(draft: Draft): Promise<void> {
    const { form } = draft;
    form.markAllAsTouched();
    if (form.invalid) return this.focusRefused();
    this.isSaving.set(true);
    this.refusal.set('');
    const body = pruneEmpty(form.getRawValue(), new Set(switchedPaths(form))) as CreateCredentialBody;
    this.forgetSecrets(draft);
    try {
      this.dialog.close(await firstValueFrom(this.api.create(body)));
    } catch (error) {
      const problem = toApiProblem(error);
      if (!applyProblem(form, problem)) this.refusal.set(problem.detail);
      this.isSaving.set(false);
      this.focusRefused();
    }
  }

  private forgetSecrets({ kind, form: { controls } }: Draft): void {
    const inputs = inputsIn(controls.credential, kind.fields);
    const sent = inputs.filter((input) => input.kind === 'secret' && input.control.value !== '');
    for (const { control } of sent) control.reset('');
    this.forgotten.set(new Set(sent.map(({ path }) => path)));
  }

  private focusRefused(): void {
    afterNextRender(() => focusFirstInvalid(this.host), { injector: this.injector });
  }
}

interface Draft {
  kind: CredentialKind;
  form: ReturnType<typeof credentialForm>;
}
