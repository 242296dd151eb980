import { signal } from '@angular/core';
import { aNumber } from '../../../../testing/builders';
import { NumberSelection } from './number-selection';

function select() {
  const shown = signal(['a', 'b', 'c', 'd', 'e'].map((id) => aNumber({ id })));
  const selection = new NumberSelection(shown);
  const ids = () => selection.numbers().map(({ id }) => id);
  return { shown, selection, ids };
}

describe('A selection of numbers', () => {
  it('takes a range from the last one, in either direction, in or out', () => {
    const { selection, ids } = select();
    selection.set('d', true);
    selection.set('b', true, true);
    expect(ids()).toEqual(['b', 'c', 'd']);

    selection.set('c', false, true);
    expect(ids()).toEqual(['d']);
  });

  it('takes one alone when there is nowhere to begin a range', () => {
    const { selection, shown, ids } = select();
    selection.set('c', true, true);
    expect(ids()).toEqual(['c']);

    shown.update((numbers) => numbers.filter(({ id }) => id !== 'c'));
    selection.set('e', true, true);
    expect(ids()).toEqual(['e']);
  });

  it('has all when each one that is shown is in it', () => {
    const { selection } = select();
    expect(selection.isAll()).toBe(false);
    selection.setAll(true);
    expect([selection.count(), selection.isAll()]).toEqual([5, true]);
    selection.set('a', false);
    expect([selection.count(), selection.isAll()]).toEqual([4, false]);
  });

  it('never has what is not on the screen, and forgets it', () => {
    const { selection, shown, ids } = select();
    const all = shown();
    selection.setAll(true);
    shown.set(all.slice(0, 2));
    expect(ids()).toEqual(['a', 'b']);

    selection.prune();
    shown.set(all);
    expect(ids()).toEqual(['a', 'b']);
  });
});
