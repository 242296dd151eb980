import { Component, computed, inject, input } from '@angular/core';
import { MatButton } from '@angular/material/button';
import type { ApiProblem } from '../../../core/api-problem';
import { SaidPipe, TranslatePipe } from '../../../core/i18n/translate.pipes';
import { IconComponent } from '../../../shared/ui/icon.component';
import { AddNumberStore } from './add-number.store';
import { remedyFor } from './failure';

/** Why the number was not added, and what to do. Refusals that concern a field stand at the field instead. */
@Component({
  selector: 'app-failure-notice',
  imports: [IconComponent, MatButton, SaidPipe, TranslatePipe],
  template: `
    <div class="notice notice-error" role="alert" tabindex="-1">
      <app-icon name="attention" />
      <div class="words">
        <p class="detail">{{ problem().detail | said }}</p>
        @for (error of problem().errors; track error.path) {
          <p>{{ error.message | said }}</p>
        }
        <p>{{ remedy() }}</p>
        @if (store.forgotten().size > 0) {
          <p>{{ 'Secrets are not kept: enter them again below, then continue.' | t }}</p>
        } @else if (store.step() === 'agent') {
          <button matButton="outlined" type="button" (click)="store.add()">{{ 'Try again' | t }}</button>
        }
      </div>
    </div>
  `,
  styles: `
    .words {
      display: grid;
      justify-items: start;
      gap: var(--space-2);
    }

    .detail {
      font-weight: 600;
    }
  `,
})
export class FailureNoticeComponent {
  readonly problem = input.required<ApiProblem>();
  protected readonly store = inject(AddNumberStore);
  protected readonly remedy = computed(() => remedyFor(this.problem()));
}
