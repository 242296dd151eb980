import { computed, type Signal, signal } from '@angular/core';
import type { PhoneNumberResponse } from '@voxreach/contracts';

type Numbers = readonly PhoneNumberResponse[];

/** Which of the numbers on the screen are selected. What is not on the screen is never among them. */
export class NumberSelection {
  private readonly ids = signal<ReadonlySet<string>>(new Set());
  /** Where a range begins: what was selected or taken out last. */
  private anchor: string | null = null;

  readonly numbers: Signal<Numbers>;
  readonly count: Signal<number>;
  readonly isAll: Signal<boolean>;

  constructor(private readonly shown: Signal<Numbers>) {
    this.numbers = computed(() => this.shown().filter(({ id }) => this.ids().has(id)));
    this.count = computed(() => this.numbers().length);
    this.isAll = computed(() => this.count() > 0 && this.count() === this.shown().length);
  }

  has(id: string): boolean {
    return this.ids().has(id);
  }

  /** As a range, everything from the one before to this one becomes as this one. */
  set(id: string, isSelected: boolean, isRange = false): void {
    const shown = this.shown().map((number) => number.id);
    const [from, to] = [shown.indexOf(this.anchor ?? id), shown.indexOf(id)].sort((a, b) => a - b);
    const meant = isRange && from !== undefined && from >= 0 && to !== undefined;
    const changed = meant ? shown.slice(from, to + 1) : [id];
    this.anchor = id;
    this.ids.update((ids) => {
      const next = new Set(ids);
      for (const one of changed) {
        if (isSelected) next.add(one);
        else next.delete(one);
      }
      return next;
    });
  }

  setAll(isSelected: boolean): void {
    this.keepOnly(isSelected ? this.shown().map(({ id }) => id) : []);
  }

  keepOnly(ids: readonly string[]): void {
    this.ids.set(new Set(ids));
  }

  /** Forgets what is no longer on the screen, so that it does not come back selected. */
  prune(): void {
    this.keepOnly(this.numbers().map(({ id }) => id));
  }
}
