import { DOCUMENT, inject, Service } from '@angular/core';
import { ListView } from './list-view';
import type { RowWindow } from './row-window';

/** What a key does where it is pressed. */
export interface ListKeyActions {
  search: () => void;
  /** Absent for those who may not. */
  add?: () => void;
  help: () => void;
}

const DIALOG = 'mat-dialog-container';
const TYPED_INTO = 'input:not([type=checkbox]), textarea, select, [contenteditable]';
const ROW = 'app-number-row';
const LINK = '.row-link';
const BOX = '.select input';

type Rows = Pick<RowWindow<never>, 'firstSeen' | 'focus' | 'has' | 'indexOf'>;

/** The keys of the list. Nothing happens while somebody types, or while a dialog or a menu is open. */
@Service()
export class ListKeys {
  private readonly document = inject(DOCUMENT);
  private readonly view = inject(ListView);

  press(event: KeyboardEvent, rows: Rows | undefined, actions: ListKeyActions): void {
    if (this.isElsewhere(event)) return;
    const action = this.letter(event.key, actions) ?? (rows && this.movement(event, rows));
    if (action === undefined) return;
    event.preventDefault();
    action();
  }

  private isElsewhere({ target, ctrlKey, metaKey, altKey, defaultPrevented }: KeyboardEvent): boolean {
    const isInOverlay = target instanceof Element && target.closest('.cdk-overlay-container') !== null;
    const isTyping = target instanceof Element && target.matches(TYPED_INTO);
    const isOpen = this.document.querySelector(DIALOG) !== null;
    return ctrlKey || metaKey || altKey || defaultPrevented || isInOverlay || isTyping || isOpen;
  }

  private letter(key: string, { search, add, help }: ListKeyActions): (() => void) | undefined {
    if (!this.view.letterKeys()) return undefined;
    if (key === '/') return search;
    if (key === 'n') return add;
    return key === '?' ? help : undefined;
  }

  /** From row to row, and into the list where nothing else has the focus. */
  private movement({ key, shiftKey }: KeyboardEvent, rows: Rows): (() => void) | undefined {
    const focused = this.document.activeElement;
    const row = focused?.closest(ROW) ?? null;
    const isBox = focused?.matches('input') ?? false;
    if (key === 'Enter' && row !== null && isBox) {
      return () => row.querySelector<HTMLElement>(LINK)?.click();
    }
    if ((key !== 'ArrowDown' && key !== 'ArrowUp') || shiftKey) return undefined;
    const isFree = focused === null || focused === this.document.body || focused.matches('main, h1');
    if (row === null && !isFree) return undefined;
    const index = row === null ? rows.firstSeen() : rows.indexOf(row) + (key === 'ArrowDown' ? 1 : -1);
    return rows.has(index) ? () => rows.focus(index, isBox ? BOX : LINK) : undefined;
  }
}
