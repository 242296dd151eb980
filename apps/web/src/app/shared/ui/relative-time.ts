import { computed } from '@angular/core';
import { spoken } from '../../core/i18n/translate';

const STEPS: readonly [unit: Intl.RelativeTimeFormatUnit, milliseconds: number][] = [
  ['year', 31_557_600_000],
  ['month', 2_629_800_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
];

/** Made once for a language and not for each time that is shown, and only where one is: a browser takes milliseconds for each. */
const perLocale = <Format>(make: (locale: string) => Format) => computed(() => make(spoken().locale));

const relative = perLocale((locale) => new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }));
const exact = perLocale(
  (locale) => new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short' }),
);
const toTheSecond = perLocale(
  (locale) => new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'medium' }),
);
// A day is the same one everywhere.
const day = perLocale((locale) => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }));

export const exactTime = (time: string): string => exact().format(new Date(time));

/** Of `2026-01-31`. */
export const dayInWords = (date: string): string => day().format(new Date(date));

export const timeToTheSecond = (time: string): string => toTheSecond().format(new Date(time));

/** “2 days ago”, “in 3 hours”: in the largest unit of which there is a whole one; undefined below a minute. */
export function relativeTime(milliseconds: number, whole: (count: number) => number): string | undefined {
  const step = STEPS.find(([, length]) => Math.abs(milliseconds) >= length);
  return step && relative().format(whole(milliseconds / step[1]), step[0]);
}
