import { computed, DOCUMENT, effect, inject, Service, signal } from '@angular/core';
import { readStored, store } from './browser-storage';

export const COLOR_SCHEMES = ['system', 'light', 'dark'] as const;

export type ColorScheme = (typeof COLOR_SCHEMES)[number];

const KEY = 'voxreach.color-scheme';

const isColorScheme = (value: unknown): value is ColorScheme =>
  COLOR_SCHEMES.some((known) => known === value);

/** Light, dark, or as the system has it. */
@Service()
export class ColorSchemeChoice {
  private readonly document = inject(DOCUMENT);
  private readonly chosen = signal<ColorScheme>(this.stored());

  readonly choice = this.chosen.asReadonly();
  readonly next = computed(
    () => COLOR_SCHEMES[(COLOR_SCHEMES.indexOf(this.chosen()) + 1) % COLOR_SCHEMES.length],
  );

  constructor() {
    effect(() => {
      this.document.documentElement.dataset['colorScheme'] = this.chosen();
    });
  }

  choose(scheme: ColorScheme): void {
    this.chosen.set(scheme);
    store(KEY, scheme);
  }

  private stored(): ColorScheme {
    const value = readStored(KEY);
    return isColorScheme(value) ? value : 'system';
  }
}
