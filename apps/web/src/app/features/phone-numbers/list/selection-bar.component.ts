import { Component, input, output } from '@angular/core';
import { MatButton } from '@angular/material/button';

/** What can be done with the numbers that are selected. */
@Component({
  selector: 'app-selection-bar',
  imports: [MatButton],
  host: { role: 'group', 'aria-label': 'Selected numbers' },
  template: `
    <span class="count tabular">{{ count() }} selected</span>
    <button matButton="text" type="button" (click)="cleared.emit()">Clear</button>
    @if (!isAll()) {
      <button matButton="text" class="all" type="button" (click)="selectedAll.emit()">Select all</button>
    }
    <button matButton="text" type="button" (click)="assigning.emit()">Assign to agent…</button>
    <button matButton="text" type="button" (click)="renaming.emit()">Rename…</button>
    <button matButton="text" type="button" (click)="removing.emit()">Remove…</button>
  `,
  styleUrl: './selection-bar.component.scss',
})
export class SelectionBarComponent {
  readonly count = input.required<number>();
  readonly isAll = input(false);
  readonly selectedAll = output();
  readonly assigning = output();
  readonly renaming = output();
  readonly removing = output();
  readonly cleared = output();
}
