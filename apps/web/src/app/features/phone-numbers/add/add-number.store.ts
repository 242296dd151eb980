import { computed, DestroyRef, inject, Service, signal } from '@angular/core';
import type { PhoneNumberResponse, ProviderId } from '@voxreach/contracts';
import { firstValueFrom } from 'rxjs';
import { type ApiProblem, toApiProblem } from '../../../core/api-problem';
import type { Sentence } from '../../../core/i18n/sentences';
import { NOT_LOADED } from '../../../core/not-loaded';
import { Announcer } from '../../../shared/ui/announcer';
import { PhoneNumbersApi } from '../phone-numbers.api';
import { isSettled } from './failure';
import type { Draft } from './import-draft';
import { ImportKey } from './import-key';
import type { ImportStep } from './import-steps';

export type Step = 'provider' | 'details' | 'agent';

/** What the first step asks for. */
interface Choice {
  provider: ProviderId;
  /** The saved credential in use, or an empty text. */
  credentialId: string;
}

/** One number on its way to being added. Lives as long as the page; nothing of it is stored anywhere. */
@Service({ autoProvided: false })
export class AddNumberStore {
  private readonly api = inject(PhoneNumbersApi);
  private readonly announcer = inject(Announcer);
  private readonly key = new ImportKey();

  readonly step = signal<Step>('provider');
  readonly choice = signal<Choice | null>(null);
  readonly credentialId = computed(() => this.choice()?.credentialId ?? '');
  /** Follows the choice as soon as what it is made of is loaded. */
  readonly draft = signal<Draft | null>(null);
  /** What the draft's form holds, for what is shown of it elsewhere. */
  readonly value = signal<Readonly<Record<string, unknown>>>({});
  /** What the second step is about, by what the provider asks for. */
  readonly detailsLabel = computed<Sentence>(() =>
    this.draft()?.provider.credential === null ? 'Number' : 'Credentials and number',
  );
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

  async choose(provider: ProviderId, credentialId = ''): Promise<void> {
    this.choice.set({ provider, credentialId });
    try {
      const { Draft } = await import('./import-draft');
      this.follow((id) => new Draft(id));
    } catch {
      this.choice.set(null);
      this.step.set('provider');
      this.announcer.failed({ detail: NOT_LOADED });
    }
  }

  /** False when a field of this step is refused; its error shows then. */
  continueToAgent(): boolean {
    const draft = this.draft();
    if (draft === null) return false;
    this.check(draft);
    if (!draft.isReadyForAgent()) return false;
    this.failure.set(null);
    this.step.set('agent');
    return true;
  }

  /** Sends the request. Whatever comes of it, the secrets are gone from the form before it is on its way. */
  async add(): Promise<void> {
    const draft = this.draft();
    if (draft === null || this.isBusy()) return;
    this.check(draft);
    if (draft.form.invalid) return this.openRefused(draft);
    const body = draft.body();
    this.isBusy.set(true);
    this.steps.set(draft.steps(this.credentialId() !== ''));
    this.failure.set(null);
    this.forgotten.set(draft.forgetSecrets());
    try {
      this.added.set(await firstValueFrom(this.api.import(body, await this.key.for(body))));
      this.key.spend();
    } catch (error) {
      this.fail(draft, toApiProblem(error));
    } finally {
      this.isBusy.set(false);
    }
  }

  startOver(): void {
    this.forget();
    this.added.set(null);
    this.failure.set(null);
    this.forgotten.set(new Set());
    this.choice.set(null);
    this.draft.set(null);
    this.value.set({});
    this.step.set('provider');
  }

  /** Brings the draft in line with the choice, which may have changed again while it was loaded. */
  private follow(draftFor: (provider: ProviderId) => Draft): void {
    const choice = this.choice();
    if (choice === null) return;
    const before = this.draft();
    if (before?.provider.id === choice.provider) return before.useCredential(choice.credentialId);
    const draft = draftFor(choice.provider);
    draft.useCredential(choice.credentialId);
    if (before !== null) draft.takeOver(before);
    this.failure.set(null);
    this.forgotten.set(new Set());
    this.draft.set(draft);
    this.value.set(draft.form.value);
    draft.form.valueChanges.subscribe((value) => this.value.set(value));
  }

  /** Also what was typed for a credential that is not in use. */
  private forget(): void {
    this.draft()?.forgetSecrets();
  }

  private check(draft: Draft): void {
    this.forgotten.set(draft.check(this.forgotten()));
  }

  private fail(draft: Draft, problem: ApiProblem): void {
    if (isSettled(problem)) this.key.spend();
    // Without all the secrets the request cannot be repeated from the last step.
    if (this.forgotten().size > 0) this.step.set('details');
    if (!draft.apply(problem)) this.failure.set(problem);
    this.openRefused(draft);
  }

  /** Goes to the step where something has to be corrected. */
  private openRefused(draft: Draft): void {
    this.step.set(draft.refusedStep() ?? this.step());
    this.refusals.update((count) => count + 1);
  }
}
