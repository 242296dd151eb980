import { computed, Service, signal } from '@angular/core';
import { readStored, store } from '../../../core/browser-storage';
import { parsedBody } from '../../../core/parsed-body';

/** The columns that can be left out; a number and its name always show. */
export const COLUMN_CHOICES = ['provider', 'agent', 'status', 'added'] as const;

export const DENSITIES = ['comfortable', 'compact'] as const;

export type ColumnChoice = (typeof COLUMN_CHOICES)[number];

export type Density = (typeof DENSITIES)[number];

interface View {
  hidden: readonly ColumnChoice[];
  density: Density;
  /** Whether single letters do something on the page. */
  letterKeys: boolean;
}

const KEY = 'voxreach.number-list';

/** What is stored may be of another version, or by anybody: what is not known is left out. */
function storedView(): View {
  const stored = (parsedBody(readStored(KEY) ?? '') ?? {}) as Partial<Record<keyof View, unknown>>;
  const hidden: unknown[] = Array.isArray(stored.hidden) ? stored.hidden : [];
  return {
    hidden: COLUMN_CHOICES.filter((column) => hidden.includes(column)),
    density: stored.density === 'compact' ? 'compact' : 'comfortable',
    letterKeys: stored.letterKeys !== false,
  };
}

/** How this browser shows the list of numbers. */
@Service()
export class ListView {
  private readonly view = signal(storedView());

  readonly hidden = computed(() => this.view().hidden);
  readonly density = computed(() => this.view().density);
  readonly letterKeys = computed(() => this.view().letterKeys);

  shows(column: ColumnChoice): boolean {
    return !this.hidden().includes(column);
  }

  toggle(column: ColumnChoice): void {
    const hidden = this.hidden();
    this.change({
      hidden: hidden.includes(column) ? hidden.filter((other) => other !== column) : [...hidden, column],
    });
  }

  setDensity(density: Density): void {
    this.change({ density });
  }

  setLetterKeys(letterKeys: boolean): void {
    this.change({ letterKeys });
  }

  private change(part: Partial<View>): void {
    this.view.update((view) => ({ ...view, ...part }));
    store(KEY, JSON.stringify(this.view()));
  }
}
