import { Component, inject, output } from '@angular/core';
import { MatMenuModule } from '@angular/material/menu';
import { IconComponent } from '../../../shared/ui/icon.component';
import { COLUMN_CHOICES, type ColumnChoice, DENSITIES, type Density, ListView } from './list-view';

const COLUMN_WORDS: Record<ColumnChoice, string> = {
  provider: 'Provider',
  agent: 'Agent',
  status: 'Status',
  added: 'Added',
};
const DENSITY_WORDS: Record<Density, string> = { comfortable: 'Comfortable', compact: 'Compact' };

/** Which columns show, and how close the rows stand. Stays open while choosing. */
@Component({
  selector: 'app-list-view-menu',
  imports: [IconComponent, MatMenuModule],
  template: `
    <button
      class="icon-button"
      type="button"
      aria-label="View"
      title="Columns, density, shortcuts"
      [matMenuTriggerFor]="menu"
    >
      <app-icon name="settings" />
    </button>
    <mat-menu #menu="matMenu" aria-label="View">
      <p class="head" id="view-columns">Columns</p>
      <div role="group" aria-labelledby="view-columns">
        @for (column of columns; track column) {
          <button
            mat-menu-item
            role="menuitemcheckbox"
            [attr.aria-checked]="view.shows(column)"
            (click)="$event.stopPropagation(); view.toggle(column)"
          >
            <span class="option">
              {{ columnWords[column] }}
              @if (view.shows(column)) {
                <app-icon name="check" />
              }
            </span>
          </button>
        }
      </div>
      <p class="head" id="view-density">Rows</p>
      <div role="group" aria-labelledby="view-density">
        @for (density of densities; track density) {
          <button
            mat-menu-item
            role="menuitemradio"
            [attr.aria-checked]="view.density() === density"
            (click)="$event.stopPropagation(); view.setDensity(density)"
          >
            <span class="option">
              {{ densityWords[density] }}
              @if (view.density() === density) {
                <app-icon name="check" />
              }
            </span>
          </button>
        }
      </div>
      <button mat-menu-item class="last" (click)="helped.emit()">Keyboard shortcuts…</button>
    </mat-menu>
  `,
  styleUrl: './list-view-menu.component.scss',
})
export class ListViewMenuComponent {
  readonly helped = output();

  protected readonly view = inject(ListView);
  protected readonly columns = COLUMN_CHOICES;
  protected readonly columnWords = COLUMN_WORDS;
  protected readonly densities = DENSITIES;
  protected readonly densityWords = DENSITY_WORDS;
}
