import { computed, DestroyRef, inject, Service, signal } from '@angular/core';
import type {
  AnyProviderDescriptor,
  ImportBodyOf,
  PhoneNumberResponse,
  ProviderId,
} from '@voxreach/contracts';
import { firstValueFrom } from 'rxjs';
import { type ApiProblem, toApiProblem } from '../../../core/api-problem';
import type { Sentence } from '../../../core/i18n/sentences';
import { applyProblem, forgetRefusals } from '../../../shared/forms/apply-problem';
import { fieldsOf } from '../../../shared/forms/field-messages';
import type { ProviderForm } from '../../../shared/forms/provider-fields/provider-form';
import { pruneEmpty } from '../../../shared/forms/prune-empty';
import { switchedPaths } from '../../../shared/forms/switched-group';
import { PhoneNumbersApi } from '../phone-numbers.api';
import { isSettled } from './failure';
import { draftFor, forgetSecrets, isOnAgentStep, takeOver, useCredential, valueOf } from './import-draft';
import { ImportKey } from './import-key';
import { type ImportStep, importSteps } from './import-steps';

export type Step = 'provider' | 'details' | 'agent';

export interface Draft {
  provider: AnyProviderDescriptor;
  form: ProviderForm;
}

/** One number on its way to being added. Lives as long as the page; nothing of it is stored anywhere. */
@Service({ autoProvided: false })
export class AddNumberStore {
  private readonly api = inject(PhoneNumbersApi);
  private readonly key = new ImportKey();

  readonly step = signal<Step>('provider');
  readonly draft = signal<Draft | null>(null);
  /** What the draft's form holds, for what is shown of it elsewhere. */
  readonly value = signal<Readonly<Record<string, unknown>>>({});
  /** The saved credential in use, or an empty text. */
  readonly credentialId = computed(() => String(this.value()['credentialId'] ?? ''));
  readonly isBusy = signal(false);
  /** What the last request does, by name. */
  readonly steps = signal<readonly ImportStep[]>([]);
  readonly failure = signal<ApiProblem | null>(null);
  /** Paths of the secrets that the last request took along. */
  readonly forgotten = signal<ReadonlySet<string>>(new Set());
  readonly added = signal<PhoneNumberResponse | null>(null);
  /** Grows with every attempt that ends at something to correct. */
  readonly refusals = signal(0);

  constructor() {
    inject(DestroyRef).onDestroy(() => this.forget());
  }

  choose(provider: AnyProviderDescriptor, credentialId = ''): void {
    const before = this.draft();
    if (before?.provider === provider) {
      useCredential(before.form, credentialId);
    } else {
      const form = draftFor(provider);
      useCredential(form, credentialId);
      if (before !== null) takeOver(before.form, form);
      this.failure.set(null);
      this.forgotten.set(new Set());
      this.draft.set({ provider, form });
      this.value.set(form.value);
      form.valueChanges.subscribe((value) => this.value.set(value));
    }
  }

  /** False when a field of this step is refused; its error shows then. */
  continueToAgent(): boolean {
    const form = this.draft()?.form;
    if (form === undefined) return false;
    this.check(form);
    if (fieldsOf(form).some(([path, { invalid }]) => invalid && !isOnAgentStep(path))) return false;
    this.failure.set(null);
    this.step.set('agent');
    return true;
  }

  /** Sends the request. Whatever comes of it, the secrets are gone from the form before it is on its way. */
  async add(): Promise<void> {
    const draft = this.draft();
    if (draft === null || this.isBusy()) return;
    const { provider, form } = draft;
    this.check(form);
    if (form.invalid) return this.openRefused(form);
    const body = pruneEmpty(valueOf(draft), new Set(switchedPaths(form))) as ImportBodyOf<ProviderId>;
    this.isBusy.set(true);
    this.steps.set(importSteps(provider, this.credentialId() !== ''));
    this.failure.set(null);
    this.forgotten.set(forgetSecrets(form, provider));
    try {
      this.added.set(await firstValueFrom(this.api.import(body, await this.key.for(body))));
      this.key.spend();
    } catch (error) {
      this.fail(form, toApiProblem(error));
    } finally {
      this.isBusy.set(false);
    }
  }

  /** Also what was typed for a credential that is not in use. */
  private forget(): void {
    const draft = this.draft();
    if (draft !== null) forgetSecrets(draft.form, draft.provider);
  }

  startOver(): void {
    this.forget();
    this.added.set(null);
    this.failure.set(null);
    this.forgotten.set(new Set());
    this.draft.set(null);
    this.value.set({});
    this.step.set('provider');
  }

  private check(form: ProviderForm): void {
    forgetRefusals(form);
    form.markAllAsTouched();
    this.askForForgotten(form);
  }

  /** Once: a secret that may be left out must not be missing only because it was forgotten after the last request. */
  private askForForgotten(form: ProviderForm): void {
    const missing = fieldsOf(form).filter(([path, { value }]) => this.forgotten().has(path) && value === '');
    const optional = missing.filter(([, { valid }]) => valid);
    const message: Sentence = 'Enter it again, since secrets are not kept, or continue without it.';
    applyProblem(form, { errors: optional.map(([path]) => ({ path, message })) });
    if (missing.length === optional.length) this.forgotten.set(new Set());
  }

  private fail(form: ProviderForm, problem: ApiProblem): void {
    if (isSettled(problem)) this.key.spend();
    // Without all the secrets the request cannot be repeated from the last step.
    if (this.forgotten().size > 0) this.step.set('details');
    if (!applyProblem(form, problem)) this.failure.set(problem);
    this.openRefused(form);
  }

  /** Goes to the step where something has to be corrected. */
  private openRefused(form: ProviderForm): void {
    const refused = fieldsOf(form).filter(([, { invalid, touched }]) => invalid && touched);
    if (refused.length > 0)
      this.step.set(refused.every(([path]) => isOnAgentStep(path)) ? 'agent' : 'details');
    this.refusals.update((count) => count + 1);
  }
}
