import { Component, computed, inject, input, LOCALE_ID } from '@angular/core';

const STEPS: readonly [unit: Intl.RelativeTimeFormatUnit, seconds: number][] = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

/** How long ago something was, with the exact time on hover. */
@Component({
  selector: 'app-time-ago',
  template: `<time [attr.datetime]="time()" [title]="exact()">{{ words() }}</time>`,
  styles: `
    time {
      white-space: nowrap;
    }
  `,
})
export class TimeAgoComponent {
  readonly time = input.required<string>();

  private readonly locale = inject(LOCALE_ID);
  private readonly relative = new Intl.RelativeTimeFormat(this.locale, { numeric: 'auto' });
  private readonly absolute = new Intl.DateTimeFormat(this.locale, { dateStyle: 'long', timeStyle: 'short' });

  protected readonly exact = computed(() => this.absolute.format(new Date(this.time())));
  protected readonly words = computed(() => {
    const seconds = (Date.now() - Date.parse(this.time())) / 1_000;
    const step = STEPS.find(([, length]) => seconds >= length);
    return step === undefined ? 'just now' : this.relative.format(-Math.floor(seconds / step[1]), step[0]);
  });
}
