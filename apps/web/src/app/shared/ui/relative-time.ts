import { computed } from '@angular/core';
import { spoken } from '../../core/i18n/translate';

const STEPS: readonly [unit: Intl.RelativeTimeFormatUnit, milliseconds: number][] = [
  ['year', 31_557_600_000],
  ['month', 2_629_800_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
];

/** Made once for a language and not for each time that is shown: a list has many. */
const formats = computed(() => {
  const { locale } = spoken();
  return {
    relative: new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }),
    exact: new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short' }),
    // A day is the same one everywhere.
    day: new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }),
    toTheSecond: new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'medium' }),
  };
});

export const exactTime = (time: string): string => formats().exact.format(new Date(time));

/** Of `2026-01-31`. */
export const dayInWords = (day: string): string => formats().day.format(new Date(day));

export const timeToTheSecond = (time: string): string => formats().toTheSecond.format(new Date(time));

/** “2 days ago”, “in 3 hours”: in the largest unit of which there is a whole one; undefined below a minute. */
export function relativeTime(milliseconds: number, whole: (count: number) => number): string | undefined {
  const step = STEPS.find(([, length]) => Math.abs(milliseconds) >= length);
  return step && formats().relative.format(whole(milliseconds / step[1]), step[0]);
}
