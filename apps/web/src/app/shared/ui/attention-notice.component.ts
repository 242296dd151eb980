import { Component, computed, input, output, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import type { ProblemResponse } from '@voxreach/contracts';
import { t } from '../../core/i18n/translate';
import { SaidPipe, TranslatePipe } from '../../core/i18n/translate.pipes';
import { IconComponent } from './icon.component';
import { TimeAgoComponent } from './time-ago.component';

/** What to do when trying again has failed; the problem's own detail says what happened. */
const remedyOf = (reference: string): string =>
  reference === ''
    ? t('VoxReach also keeps trying by itself, so you can come back later.')
    : t(
        'VoxReach also keeps trying by itself, so you can come back later. If it keeps failing, tell support the reference {reference}.',
        { reference },
      );

/** What happened to something that needs a person, and the two things that can be done about it. */
@Component({
  selector: 'app-attention-notice',
  imports: [IconComponent, MatButton, SaidPipe, TimeAgoComponent, TranslatePipe],
  templateUrl: './attention-notice.component.html',
  styleUrl: './attention-notice.component.scss',
})
export class AttentionNoticeComponent<Item extends { updatedAt: string }> {
  readonly item = input.required<Item>();
  readonly heading = input.required<string>();
  readonly words = input.required<string>();
  /** False for those who only read: they are told, and can do nothing about it. */
  readonly mayAct = input(true);
  /** What the button says that removes it. */
  readonly remove = input.required<string>();
  /** Tries to settle it. Resolves with null when that succeeded, else with why not. */
  readonly retry = input.required<(item: Item) => Promise<ProblemResponse | null>>();
  readonly settled = output();
  /** It is no longer as it is shown. */
  readonly outdated = output();
  readonly removing = output();

  protected readonly remedy = computed(() => remedyOf(this.problem()?.requestId ?? ''));
  protected readonly isTrying = signal(false);
  protected readonly progress = computed(() =>
    this.isTrying() ? t('VoxReach is settling it with Vapi. This can take half a minute.') : '',
  );
  protected readonly problem = signal<ProblemResponse | null>(null);

  protected async tryAgain(): Promise<void> {
    if (this.isTrying()) return;
    this.problem.set(null);
    this.isTrying.set(true);
    const problem = await this.retry()(this.item());
    this.isTrying.set(false);
    if (problem === null) this.settled.emit();
    else if (problem.code === 'CONFLICT') this.outdated.emit();
    else this.problem.set(problem);
  }
}
