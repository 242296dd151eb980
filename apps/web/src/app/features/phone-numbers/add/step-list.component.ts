import { Component, computed, inject } from '@angular/core';
import type { Sentence } from '../../../core/i18n/sentences';
import { TranslatePipe } from '../../../core/i18n/translate.pipes';
import { IconComponent } from '../../../shared/ui/icon.component';
import { AddNumberStore, type Step } from './add-number.store';

const STEPS: readonly Step[] = ['provider', 'details', 'agent'];

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
  private readonly labels = computed((): Record<Step, Sentence> => ({
    provider: 'Choose provider',
    details: this.store.detailsTitle(),
    agent: 'Assign to agent',
  }));
  protected readonly steps = computed(() => {
    const current = STEPS.indexOf(this.store.step());
    return STEPS.map((id, index) => ({
      id,
      label: this.labels()[id],
      isCurrent: index === current,
      isDone: index < current,
    }));
  });
}
