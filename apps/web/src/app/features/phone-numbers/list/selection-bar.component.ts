import { Component, computed, input, output } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { t } from '../../../core/i18n/translate';
import { CountedPipe, TranslatePipe } from '../../../core/i18n/translate.pipes';

/** What can be done with the numbers that are selected. */
@Component({
  selector: 'app-selection-bar',
  imports: [CountedPipe, MatButton, TranslatePipe],
  host: { role: 'group', '[attr.aria-label]': 'label()' },
  template: `
    <div class="line">
      <span class="count tabular">{{ '{count} selected' | counted: count() }}</span>
      <button matButton="text" type="button" (click)="cleared.emit()">{{ 'Clear' | t }}</button>
      @if (!isAll()) {
        <button matButton="text" class="all" type="button" (click)="selectedAll.emit()">
          {{ 'Select all' | t }}
        </button>
      }
    </div>
    <div class="line">
      <button matButton="text" type="button" (click)="assigning.emit()">
        {{ 'Assign to agent…' | t }}
      </button>
      <button matButton="text" type="button" (click)="renaming.emit()">{{ 'Rename…' | t }}</button>
      <button matButton="text" type="button" (click)="removing.emit()">{{ 'Remove…' | t }}</button>
    </div>
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

  protected readonly label = computed(() => t('Selected numbers'));
}
