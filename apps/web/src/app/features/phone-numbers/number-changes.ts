import { computed, inject, Service, signal } from '@angular/core';
import type { NamedReference, PhoneNumberResponse, UpdatePhoneNumberBody } from '@voxreach/contracts';
import { firstValueFrom, Subject } from 'rxjs';
import { type ApiProblem, toApiProblem } from '../../core/api-problem';
import { attempt } from '../../core/attempt';
import { t } from '../../core/i18n/translate';
import { Access } from '../../core/session/access';
import type { Versioned } from '../../core/versioned';
import { Announcer } from '../../shared/ui/announcer';
import { injectDialog } from '../../shared/ui/inject-dialog';
import { Settling } from '../../shared/ui/settling';
import { PhoneFormat } from './phone-format';
import { PhoneNumbersApi } from './phone-numbers.api';

/** Changes a number, says what came of it, and tells every list and page that shows the number. */
@Service()
export class NumberChanges {
  private readonly api = inject(PhoneNumbersApi);
  private readonly announcer = inject(Announcer);
  private readonly phones = inject(PhoneFormat);
  private readonly settling = inject(Settling);
  private readonly access = inject(Access);
  private readonly removal = injectDialog(async () => (await import('./number-removal')).NumberRemoval);
  private readonly busy = signal<ReadonlySet<string>>(new Set());
  private readonly changes = new Subject<Versioned<PhoneNumberResponse>>();
  private readonly removals = new Subject<string>();
  private readonly losses = new Subject<string>();
  /** Ids of the numbers that are being removed from here. */
  private readonly leaving = new Set<string>();

  readonly changed = this.changes.asObservable();
  readonly removed = this.removals.asObservable();
  /** Those of the removed that went without anybody doing so here, told before. */
  readonly lost = this.losses.asObservable();
  /** Whether this person may change numbers at all. */
  readonly mayWrite = computed(() => this.access.may('numbers:write'));
  /** Ids of the numbers with a change on its way. */
  readonly saving = this.busy.asReadonly();

  async assign(
    number: PhoneNumberResponse,
    agent: NamedReference | null,
    etag?: string | null,
  ): Promise<void> {
    if (!(await this.save(number.id, { agentId: agent?.id ?? null }, etag))) return;
    const title = this.phones.title(number);
    const words =
      agent === null
        ? t('Nobody answers {number} now.', { number: title })
        : t('{agent} now answers {number}.', { agent: agent.name, number: title });
    this.announcer.undoable(words, () => void this.assign({ ...number, agent }, number.agent));
  }

  async rename(number: PhoneNumberResponse, name: string, etag?: string | null): Promise<void> {
    if (await this.save(number.id, { name }, etag)) this.announcer.done(t('Renamed to {name}.', { name }));
  }

  /** True when it was saved. */
  async save(id: string, body: UpdatePhoneNumberBody, etag?: string | null): Promise<boolean> {
    const problem = await this.change(id, body, etag);
    if (problem !== null) this.announcer.failed(problem);
    return problem === null;
  }

  /** Without a word about it. Null when it was saved, else why not. */
  async change(id: string, body: UpdatePhoneNumberBody, etag?: string | null): Promise<ApiProblem | null> {
    this.busy.update((ids) => new Set(ids).add(id));
    try {
      this.changes.next(await firstValueFrom(this.api.update(id, body, etag)));
      return null;
    } catch (error) {
      return toApiProblem(error);
    } finally {
      this.busy.update((ids) => new Set([...ids].filter((other) => other !== id)));
    }
  }

  /** Settles a number that needs attention. Null when that succeeded, which may have been its end; else why not. */
  retry(number: PhoneNumberResponse): Promise<ApiProblem | null> {
    return this.settling.run(this.phones.title(number), this.api.retry(number.id), (settled) => {
      if (settled === null) this.removals.next(number.id);
      else this.changes.next(settled);
    });
  }

  /** Asks first. True when the number is gone. */
  async remove(number: PhoneNumberResponse): Promise<boolean> {
    // Asked already, by a dialog that is still being loaded.
    if (this.leaving.has(number.id)) return false;
    this.leaving.add(number.id);
    try {
      if (!(await (await this.removal())?.ask(number))) return false;
    } finally {
      this.leaving.delete(number.id);
    }
    this.removals.next(number.id);
    this.announcer.done(t('{number} is removed.', { number: this.phones.title(number) }));
    return true;
  }

  /** Without asking and without a word about it. Null when the number is gone, else why not. */
  async drop(id: string): Promise<ApiProblem | null> {
    const problem = await attempt(this.api.remove(id));
    const isGone = problem === null || problem.code === 'NOT_FOUND';
    if (isGone) this.removals.next(id);
    return isGone ? null : problem;
  }

  /** What was read anew without a change of ours. */
  report(number: Versioned<PhoneNumberResponse>): void {
    this.changes.next(number);
  }

  /** It was found to be gone. What is being removed from here is told of once, when that is done. */
  reportGone(id: string): void {
    if (this.leaving.has(id)) return;
    this.losses.next(id);
    this.removals.next(id);
  }
}
