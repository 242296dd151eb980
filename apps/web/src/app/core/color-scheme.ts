import { computed, DOCUMENT, effect, inject, Service, signal } from '@angular/core';

export const COLOR_SCHEMES = ['system', 'light', 'dark'] as const;

export type ColorScheme = (typeof COLOR_SCHEMES)[number];

const KEY = 'voxreach.color-scheme';

const isColorScheme = (value: unknown): value is ColorScheme =>
  COLOR_SCHEMES.some((known) => known === value);

/** Light, dark, or as the system has it. The choice is all that this application keeps in the browser's storage. */
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
    // Storage can be full or forbidden; the choice then holds until the page is closed.
    try {
      localStorage.setItem(KEY, scheme);
    } catch {
      return;
    }
  }

  private stored(): ColorScheme {
    try {
      const value = localStorage.getItem(KEY);
      return isColorScheme(value) ? value : 'system';
    } catch {
      return 'system';
    }
  }
}
