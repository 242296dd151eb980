import { afterNextRender, ApplicationRef, inject, Injector, Service, signal } from '@angular/core';

/**
 * In their order: the frame with the ways to other pages, the page, what it is about, what can be done with all of it, what with each part, the
 * frame's menus, and what nobody sees yet.
 */
const PIECES = ['frame', 'page', 'content', 'tools', 'details', 'menus', 'unseen'] as const;

type Piece = (typeof PIECES)[number];

const LAST = PIECES.length - 1;

/**
 * The first page of a visit is drawn in pieces, each in a task of its own: a slow device shows something early, and answers in between. Pages after the
 * first are drawn at once.
 */
@Service()
export class Arrival {
  private readonly application = inject(ApplicationRef);
  private readonly injector = inject(Injector);
  private readonly drawn = signal<number>(LAST);

  has(piece: Piece): boolean {
    return this.drawn() >= PIECES.indexOf(piece);
  }

  begin(): void {
    this.drawn.set(0);
    this.drawNext();
  }

  private drawNext(): void {
    if (this.drawn() === LAST) return;
    const next = () => {
      this.drawn.update((drawn) => drawn + 1);
      // At once, and not when the browser is about to paint: painting is a task of its own then.
      this.application.tick();
      this.drawNext();
    };
    afterNextRender(() => setTimeout(next), { injector: this.injector });
  }
}
