import { Component, computed, inject } from '@angular/core';
import type { Sentence } from '../../../core/i18n/sentences';
import { TranslatePipe } from '../../../core/i18n/translate.pipes';
import { IconComponent } from '../../../shared/ui/icon.component';
import { AddNumberStore, type Step } from './add-number.store';

/** Where one is; steps that are done can be opened again. */
@Component({
  selector: 'app-step-list',
  imports: [IconComponent, TranslatePipe],
  template: `
    <ol [attr.aria-label]="'Steps' | t">
      @for (step of steps(); track step.id; let index = $index) {
        <li [class.current]="step.isCurrent" [class.done]="step.isDone">
          <button
            type="button"
            [disabled]="!step.isDone || store.isBusy()"
            [attr.aria-current]="step.isCurrent ? 'step' : null"
            (click)="store.step.set(step.id)"
          >
            <span class="mark" aria-hidden="true">
              @if (step.isDone) {
                <app-icon name="check" />
              } @else {
                {{ index + 1 }}
              }
            </span>
            <span class="label">{{ step.label | t }}</span>
            @if (step.isDone) {
              <span class="visually-hidden">{{ ', done' | t }}</span>
            }
          </button>
        </li>
      }
    </ol>
  `,
  styleUrl: './step-list.component.scss',
})
export class StepListComponent {
  protected readonly store = inject(AddNumberStore);
  protected readonly steps = computed(() => {
    const steps: { id: Step; label: Sentence }[] = [
      { id: 'provider', label: 'Choose provider' },
      { id: 'details', label: this.store.detailsLabel() },
      { id: 'agent', label: 'Assign to agent' },
    ];
    const current = steps.findIndex(({ id }) => id === this.store.step());
    return steps.map((step, index) => ({ ...step, isCurrent: index === current, isDone: index < current }));
  });
}
