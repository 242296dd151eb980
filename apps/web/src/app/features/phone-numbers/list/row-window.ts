import {
  afterEveryRender,
  afterNextRender,
  computed,
  DOCUMENT,
  type ElementRef,
  inject,
  Injector,
  Service,
  type Signal,
  signal,
} from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { fromEvent } from 'rxjs';
import { Arrival } from '../../../core/arrival';

const ROW = 'app-number-row';

/** How far rows are drawn beyond either edge of the screen, in screens: what is seen while the next ones are drawn. */
const AHEAD = 1;

/**
 * Of a row as long as none has been drawn: in pixels, and kept for the next list. As high as rows get, which they are on a phone: drawing too few at
 * first costs another look before anything is painted, drawing too many holds up a slow device.
 */
@Service()
class RowHeight {
  usual = 180;
}

/** What comes before the first number where screen readers count: the row of heads. They count from 1. */
const ROWS_BEFORE = 2;

export interface DrawnRow<Row> {
  row: Row;
  /** For `aria-rowindex`. */
  place: number;
  /** The room of the rows above that are not drawn, in pixels. */
  gap: number;
}

interface Range {
  from: number;
  to: number;
}

const isSame = (one: Range, other: Range): boolean => one.from === other.from && one.to === other.to;

const within = (index: number, count: number): number => Math.min(Math.max(index, 0), count);

/**
 * Which rows of a long list are drawn: those near the screen, and the one that had the focus last. The others leave their room. All rows are of
 * one height, whichever that is: it is measured. Create it where the component's fields are initialised.
 */
export class RowWindow<Row extends { id: string }> {
  private readonly arrival = inject(Arrival);
  private readonly injector = inject(Injector);
  private readonly view = inject(DOCUMENT).defaultView as Window;
  private readonly rowHeight = inject(RowHeight);
  private readonly height = signal(this.rowHeight.usual);
  /** Nothing beyond the screen before what is on it has been painted. */
  private readonly ahead = signal(0);
  /** What is on the screen, with room before the first row and after the last. At first that is not measured: a browser would have to lay out the page. */
  private readonly seen = signal<Range>(
    { from: 0, to: Math.ceil(this.view.innerHeight / this.rowHeight.usual) },
    { equal: isSame },
  );
  private readonly near = computed(
    (): Range => {
      const { from, to } = this.seen();
      const ahead = this.arrival.has('unseen') ? Math.ceil((to - from) * this.ahead()) : 0;
      const count = this.rows().length;
      return { from: within(from - ahead, count), to: within(to + ahead, count) };
    },
    { equal: isSame },
  );
  /** Where the screen begins, in rows. */
  private first = 0;
  private readonly keptId = signal<string | null>(null);
  private readonly kept = computed(() => this.rows().findIndex(({ id }) => id === this.keptId()));

  /**
   * In their order, as a set: Angular compares what is no array from its beginning only, so the row with the focus stays where it is in the
   * document while others come and go around it. Taken out and put back, it would lose the focus.
   */
  readonly drawn = computed((): ReadonlySet<DrawnRow<Row>> => {
    const { from, to } = this.near();
    const kept = this.kept();
    const indexes = Array.from({ length: to - from }, (_, place) => from + place);
    if (kept >= to) indexes.push(kept);
    else if (kept >= 0 && kept < from) indexes.unshift(kept);
    let next = 0;
    return new Set(
      indexes.flatMap((index) => {
        const row = this.rows()[index];
        const gap = (index - next) * this.height();
        next = index + 1;
        return row === undefined ? [] : [{ row, place: index + ROWS_BEFORE, gap }];
      }),
    );
  });

  /** The room of the rows below the last that is drawn, in pixels. */
  readonly rest = computed(() => {
    const end = Math.max(this.near().to, this.kept() + 1);
    return (this.rows().length - end) * this.height();
  });

  /** Whether the end of the list is near the screen. */
  readonly isAtEnd = computed(() => this.near().to === this.rows().length);

  constructor(
    private readonly rows: Signal<readonly Row[]>,
    private readonly body: Signal<ElementRef<HTMLElement>>,
  ) {
    afterEveryRender({ read: () => this.arrival.has('details') && this.look() });
    afterNextRender(() => this.view.requestAnimationFrame(() => setTimeout(() => this.ahead.set(AHEAD))));
    for (const event of ['scroll', 'resize']) {
      fromEvent(this.view, event, { passive: true })
        .pipe(takeUntilDestroyed())
        .subscribe(() => this.look());
    }
  }

  /** From now on this row is drawn, wherever the screen is. */
  keep(id: string): void {
    this.keptId.set(id);
  }

  /** Gives the focus to what is at `selector` in a row, also in one that is not drawn yet. */
  focus(index: number, selector: string): void {
    const row = this.rows()[index];
    if (row === undefined) return;
    const focus = () => this.elementAt(index)?.querySelector<HTMLElement>(selector)?.focus();
    if (this.elementAt(index) !== null) return focus();
    this.keep(row.id);
    afterNextRender(focus, { injector: this.injector });
  }

  has(index: number): boolean {
    return this.rows()[index] !== undefined;
  }

  indexOf(element: Element): number {
    return Number(element.closest(ROW)?.getAttribute('aria-rowindex')) - ROWS_BEFORE;
  }

  /** The first row that is on the screen as a whole. */
  firstSeen(): number {
    return within(Math.ceil(this.first), this.rows().length);
  }

  private elementAt(index: number): Element | null {
    return this.body().nativeElement.querySelector(`[aria-rowindex="${index + ROWS_BEFORE}"]`);
  }

  private look(): void {
    const height = this.body().nativeElement.querySelector(ROW)?.getBoundingClientRect().height ?? 0;
    if (height > 0 && Math.abs(height - this.height()) >= 1) return this.change(height);
    this.first = this.above() / this.height();
    this.seen.set({
      from: Math.floor(this.first),
      to: Math.ceil(this.first + this.view.innerHeight / this.height()),
    });
  }

  /** Rows are higher or lower from now on, after a change of density or width. The first one on the screen stays the first. */
  private change(height: number): void {
    const { first } = this;
    this.rowHeight.usual = height;
    this.height.set(height);
    if (first <= 0) return;
    const stay = () => this.view.scrollBy(0, first * height - this.above());
    // When the rooms of what is not drawn have changed too, and before the next look.
    afterNextRender({ write: stay }, { injector: this.injector });
  }

  /** How much of the list is above the screen, in pixels. */
  private above(): number {
    return -this.body().nativeElement.getBoundingClientRect().top;
  }
}
