import { Component, computed, inject, input, output, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import type { PhoneNumberResponse } from '@voxreach/contracts';
import type { ApiProblem } from '../../../core/api-problem';
import { IconComponent } from '../../../shared/ui/icon.component';
import { TimeAgoComponent } from '../../../shared/ui/time-ago.component';
import { NumberChanges } from '../number-changes';
import { statusMeaning } from '../status-meaning';

/** What to do when trying again has failed; the problem's own detail says what happened. */
const remedyOf = (requestId: string): string => {
  const support = requestId === '' ? '' : ` If it keeps failing, tell support the reference ${requestId}.`;
  return `VoxReach also keeps trying by itself, so you can come back later.${support}`;
};

/** What happened to a number that needs a person, and the two things that can be done about it. */
@Component({
  selector: 'app-attention-notice',
  imports: [IconComponent, MatButton, TimeAgoComponent],
  templateUrl: './attention-notice.component.html',
  styleUrl: './attention-notice.component.scss',
})
export class AttentionNoticeComponent {
  readonly number = input.required<PhoneNumberResponse>();
  readonly settled = output();
  /** The number is no longer as it is shown. */
  readonly outdated = output();
  readonly removing = output();

  private readonly changes = inject(NumberChanges);
  protected readonly meaning = computed(() => statusMeaning(this.number()));
  protected readonly remedy = computed(() => remedyOf(this.problem()?.requestId ?? ''));
  protected readonly isTrying = signal(false);
  protected readonly progress = computed(() =>
    this.isTrying() ? 'VoxReach is settling it with Vapi. This can take half a minute.' : '',
  );
  protected readonly problem = signal<ApiProblem | null>(null);

  protected async retry(): Promise<void> {
    if (this.isTrying()) return;
    this.problem.set(null);
    this.isTrying.set(true);
    const problem = await this.changes.retry(this.number());
    this.isTrying.set(false);
    if (problem === null) this.settled.emit();
    else if (problem.code === 'CONFLICT') this.outdated.emit();
    else this.problem.set(problem);
  }
}
