import { BreakpointObserver } from '@angular/cdk/layout';
import { Component, computed, inject, output } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { MatMenuModule } from '@angular/material/menu';
import type { Sentence } from '../../../core/i18n/sentences';
import { TranslatePipe } from '../../../core/i18n/translate.pipes';
import { IconComponent } from '../../../shared/ui/icon.component';
import { MenuChoiceComponent } from '../../../shared/ui/menu-choice.component';
import { COLUMN_CHOICES, type ColumnChoice, DENSITIES, type Density, ListView } from './list-view';

const COLUMN_WORDS: Record<ColumnChoice, Sentence> = {
  provider: 'Provider',
  agent: 'Agent',
  status: 'Status',
  added: 'Added',
};
const DENSITY_WORDS: Record<Density, Sentence> = { comfortable: 'Comfortable', compact: 'Compact' };

/** Where the list has no room for a column, whatever is chosen, and where its rows are cards; as in its styles. */
const WITHOUT_ADDED = '(width < 1180px)';
const WITHOUT_PROVIDER = '(720px <= width < 1060px)';
const CARDS = '(width < 720px)';

/** Which columns show, and how close the rows stand. Stays open while choosing. */
@Component({
  selector: 'app-list-view-menu',
  imports: [IconComponent, MatMenuModule, MenuChoiceComponent, TranslatePipe],
  template: `
    <button
      class="icon-button"
      type="button"
      [attr.aria-label]="'View' | t"
      [title]="'Columns, density, shortcuts' | t"
      [matMenuTriggerFor]="menu"
    >
      <app-icon name="columns" />
    </button>
    <mat-menu #menu="matMenu" [aria-label]="'View' | t">
      <p class="head" id="view-columns">{{ 'Columns' | t }}</p>
      <div role="group" aria-labelledby="view-columns">
        @for (column of columns(); track column) {
          <button
            mat-menu-item
            role="menuitemcheckbox"
            [attr.aria-checked]="view.shows(column)"
            (click)="$event.stopPropagation(); view.toggle(column)"
          >
            <app-menu-choice [isChosen]="view.shows(column)">{{ columnWords[column] | t }}</app-menu-choice>
          </button>
        }
      </div>
      @if (!areCards()) {
        <p class="head" id="view-density">{{ 'Rows' | t }}</p>
        <div role="group" aria-labelledby="view-density">
          @for (density of densities; track density) {
            <button
              mat-menu-item
              role="menuitemradio"
              [attr.aria-checked]="view.density() === density"
              (click)="$event.stopPropagation(); view.setDensity(density)"
            >
              <app-menu-choice [isChosen]="view.density() === density">
                {{ densityWords[density] | t }}
              </app-menu-choice>
            </button>
          }
        </div>
        <button mat-menu-item class="last" (click)="helped.emit()">{{ 'Keyboard shortcuts…' | t }}</button>
      }
    </mat-menu>
  `,
  styleUrl: './list-view-menu.component.scss',
})
export class ListViewMenuComponent {
  readonly helped = output();

  protected readonly view = inject(ListView);
  private readonly widths = toSignal(
    inject(BreakpointObserver).observe([WITHOUT_ADDED, WITHOUT_PROVIDER, CARDS]),
    { requireSync: true },
  );
  protected readonly areCards = computed(() => this.is(CARDS));
  protected readonly columns = computed(() =>
    COLUMN_CHOICES.filter(
      (column) =>
        !(column === 'added' && this.is(WITHOUT_ADDED)) &&
        !(column === 'provider' && this.is(WITHOUT_PROVIDER)),
    ),
  );
  protected readonly columnWords = COLUMN_WORDS;
  protected readonly densities = DENSITIES;
  protected readonly densityWords = DENSITY_WORDS;

  private is(width: string): boolean {
    return this.widths().breakpoints[width] === true;
  }
}
