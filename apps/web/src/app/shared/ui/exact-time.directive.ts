import { computed, Directive, input, signal } from '@angular/core';
import { exactTime } from './relative-time';

/** A time in words that says exactly when on hover, which is worked out no sooner. */
@Directive({
  selector: 'time[appExactTime]',
  host: {
    '[attr.datetime]': 'time()',
    '[attr.title]': 'exact()',
    '(pointerenter)': 'isPointedAt.set(true)',
  },
})
export class ExactTimeDirective {
  readonly time = input.required<string>({ alias: 'appExactTime' });
  protected readonly isPointedAt = signal(false);
  protected readonly exact = computed(() => (this.isPointedAt() ? exactTime(this.time()) : null));
}
