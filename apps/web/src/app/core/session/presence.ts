import { DOCUMENT, inject, Service } from '@angular/core';

/** What only people do: by mouse, finger and key, or with an aid that clicks for them. */
const USES = ['pointerdown', 'pointermove', 'click', 'keydown', 'wheel'] as const;

/** Whether somebody is at the page. */
@Service()
export class Presence {
  private last = 0;
  private waiting: (() => void)[] = [];

  constructor() {
    const document = inject(DOCUMENT);
    for (const use of USES)
      document.addEventListener(use, () => this.used(), { capture: true, passive: true });
  }

  /** Resolves once somebody has used the page at this time or later, in milliseconds since 1970. */
  whenUsedSince(time: number): Promise<void> {
    if (this.last >= time) return Promise.resolve();
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  private used(): void {
    this.last = Date.now();
    for (const resolve of this.waiting.splice(0)) resolve();
  }
}
