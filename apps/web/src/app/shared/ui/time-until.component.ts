import { Component, computed, inject, input, LOCALE_ID } from '@angular/core';

const STEPS: readonly [unit: Intl.RelativeTimeFormatUnit, milliseconds: number][] = [
  ['year', 31_557_600_000],
  ['month', 2_629_800_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
];

/** How long until something is, with the exact time on hover. */
@Component({
  selector: 'app-time-until',
  template: `<time [attr.datetime]="time()" [title]="exact()">{{ words() }}</time>`,
  styles: `
    time {
      white-space: nowrap;
    }
  `,
})
export class TimeUntilComponent {
  readonly time = input.required<string>();

  private readonly locale = inject(LOCALE_ID);
  private readonly relative = new Intl.RelativeTimeFormat(this.locale, { numeric: 'auto' });
  private readonly absolute = new Intl.DateTimeFormat(this.locale, { dateStyle: 'long', timeStyle: 'short' });

  protected readonly exact = computed(() => this.absolute.format(new Date(this.time())));
  protected readonly words = computed(() => {
    const left = Date.parse(this.time()) - Date.now();
    const step = STEPS.find(([, length]) => left >= length);
    return step === undefined ? 'within a minute' : this.relative.format(Math.round(left / step[1]), step[0]);
  });
}
