import {
  afterNextRender,
  Component,
  computed,
  type ElementRef,
  inject,
  Injector,
  input,
  linkedSignal,
  viewChild,
} from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { MatButton } from '@angular/material/button';
import { Router, RouterLink } from '@angular/router';
import type { PhoneNumberResponse, UpdatePhoneNumberBody } from '@voxreach/contracts';
import { t } from '../../../core/i18n/translate';
import { SaidPipe, TranslatePipe } from '../../../core/i18n/translate.pipes';
import { keptResource } from '../../../core/kept';
import { problemOf } from '../../../core/problem-of';
import { Access } from '../../../core/session/access';
import { Announcer } from '../../../shared/ui/announcer';
import { AttentionNoticeComponent } from '../../../shared/ui/attention-notice.component';
import { CopyButtonComponent } from '../../../shared/ui/copy-button.component';
import { IconComponent } from '../../../shared/ui/icon.component';
import { MessageComponent } from '../../../shared/ui/message.component';
import { StatusBadgeComponent } from '../../../shared/ui/status-badge.component';
import { InlineRenameComponent } from '../list/inline-rename.component';
import { followNumbers } from '../follow-numbers';
import { nextSteps } from '../next-steps';
import { NumberChanges } from '../number-changes';
import { PhoneFormat } from '../phone-format';
import { PhoneNumbersApi } from '../phone-numbers.api';
import { routingWords } from '../routing-words';
import { lockOf, statusMeaning } from '../status-meaning';
import { NumberHistoryComponent } from './number-history.component';
import { NumberFactsComponent } from './number-facts.component';
import { NumberRoutingComponent } from './number-routing.component';
import { SipAddressComponent } from './sip-address.component';
import { FiguresComponent } from '../../../shared/ui/figures.component';

@Component({
  selector: 'app-number-detail',
  imports: [
    FiguresComponent,
    AttentionNoticeComponent,
    CopyButtonComponent,
    IconComponent,
    InlineRenameComponent,
    MatButton,
    MessageComponent,
    NumberFactsComponent,
    NumberHistoryComponent,
    NumberRoutingComponent,
    RouterLink,
    SaidPipe,
    SipAddressComponent,
    StatusBadgeComponent,
    TranslatePipe,
  ],
  host: { class: 'page' },
  templateUrl: './number-detail.page.html',
  styleUrl: './number-detail.page.scss',
})
export class NumberDetailPage {
  /** From the address. */
  readonly id = input.required<string>();

  private readonly api = inject(PhoneNumbersApi);
  private readonly phones = inject(PhoneFormat);
  private readonly changes = inject(NumberChanges);
  private readonly announcer = inject(Announcer);
  private readonly access = inject(Access);
  private readonly router = inject(Router);
  private readonly injector = inject(Injector);
  private readonly heading = viewChild<ElementRef<HTMLElement>>('heading');
  protected readonly reading = keptResource(
    () => `/api/phone-numbers/${this.id()}`,
    () => this.api.get(this.id()),
  );
  private readonly current = linkedSignal(() => (this.reading.hasValue() ? this.reading.value() : null));

  protected readonly number = computed(() => this.current()?.value ?? null);
  protected readonly title = computed(() => {
    const number = this.number();
    return number === null ? '' : this.phones.title(number);
  });
  protected readonly problem = problemOf(this.reading);
  protected readonly isSaving = computed(() => this.changes.saving().has(this.id()));
  protected readonly mayWrite = this.changes.mayWrite;
  protected readonly maySeeHistory = computed(() => this.access.may('audit:read'));
  protected readonly meaning = statusMeaning;
  protected readonly lockOf = lockOf;
  protected readonly nextSteps = nextSteps;
  protected readonly retry = (number: PhoneNumberResponse) => this.changes.retry(number);

  protected readonly routingWords = (number: PhoneNumberResponse) => routingWords(number, this.phones);

  constructor() {
    followNumbers(computed(() => [this.number()].filter((number) => number !== null)));
    this.changes.changed.pipe(takeUntilDestroyed()).subscribe((changed) => {
      if (changed.value.id === this.id()) this.current.set(changed);
    });
    this.changes.lost.pipe(takeUntilDestroyed()).subscribe((id) => {
      if (id !== this.id()) return;
      this.announcer.done(t('{number} was removed in the meantime.', { number: this.title() }));
    });
    this.changes.removed.pipe(takeUntilDestroyed()).subscribe((id) => {
      if (id === this.id()) void this.router.navigateByUrl('/numbers');
    });
  }

  protected isUnnamed({ name, number, sipUri }: PhoneNumberResponse): boolean {
    return name === (number ?? sipUri);
  }

  protected async save(body: UpdatePhoneNumberBody): Promise<void> {
    const isSaved = await this.changes.save(this.id(), body, this.current()?.etag);
    if (isSaved) return this.announcer.done(t('Saved.'));
    // It may have been refused because the number has changed meanwhile: show what it is now.
    this.reading.reload();
  }

  protected remove(number: PhoneNumberResponse): void {
    void this.changes.remove(number);
  }

  /** The button that was pressed is gone with its notice. */
  protected settled(): void {
    afterNextRender(() => this.heading()?.nativeElement.focus(), { injector: this.injector });
  }
}
