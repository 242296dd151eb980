import { Component, computed, input } from '@angular/core';
import type { Sentence } from '../../core/i18n/sentences';
import { t } from '../../core/i18n/translate';
import { ExactTimeDirective } from './exact-time.directive';
import { relativeTime } from './relative-time';

/** How long ago something was, with the exact time on hover. */
@Component({
  selector: 'app-time-ago',
  imports: [ExactTimeDirective],
  template: `<time [appExactTime]="time()">{{ words() }}</time>`,
  host: { '[class.is-alone]': '!sentence()' },
  styles: `
    :host(.is-alone) {
      white-space: nowrap;
    }
  `,
})
export class TimeAgoComponent {
  readonly time = input.required<string>();
  /** What it stands in, as `{when}`. */
  readonly sentence = input<Sentence>();

  protected readonly words = computed(() => {
    const passed = Date.now() - Date.parse(this.time());
    const when = relativeTime(Math.min(0, -passed), Math.trunc) ?? t('just now');
    const sentence = this.sentence();
    return sentence ? t(sentence, { when }) : when;
  });
}
