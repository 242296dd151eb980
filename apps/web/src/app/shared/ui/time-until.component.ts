import { Component, computed, input } from '@angular/core';
import type { Sentence } from '../../core/i18n/sentences';
import { t } from '../../core/i18n/translate';
import { ExactTimeDirective } from './exact-time.directive';
import { relativeTime } from './relative-time';

/** How long until something is, with the exact time on hover. */
@Component({
  selector: 'app-time-until',
  imports: [ExactTimeDirective],
  template: `<time [appExactTime]="time()">{{ words() }}</time>`,
  host: { '[class.is-alone]': '!sentence()' },
  styles: `
    :host(.is-alone) {
      white-space: nowrap;
    }
  `,
})
export class TimeUntilComponent {
  readonly time = input.required<string>();
  /** What it stands in, as `{when}`. */
  readonly sentence = input<Sentence>();

  protected readonly words = computed(() => {
    const left = Date.parse(this.time()) - Date.now();
    const when = relativeTime(Math.max(0, left), Math.round) ?? t('within a minute');
    const sentence = this.sentence();
    return sentence ? t(sentence, { when }) : when;
  });
}
