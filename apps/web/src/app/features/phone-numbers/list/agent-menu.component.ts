import { Component, computed, input, output, viewChild } from '@angular/core';
import { MatMenu, MatMenuModule } from '@angular/material/menu';
import type { AgentResponse, NamedReference, PhoneNumberResponse } from '@voxreach/contracts';
import { TranslatePipe } from '../../../core/i18n/translate.pipes';
import { MenuChoiceComponent } from '../../../shared/ui/menu-choice.component';

export interface AgentChoice {
  number: PhoneNumberResponse;
  agent: NamedReference | null;
}

/** One menu for all rows: it is told the number when it opens. */
@Component({
  selector: 'app-agent-menu',
  imports: [MatMenuModule, MenuChoiceComponent, TranslatePipe],
  template: `
    <mat-menu [aria-label]="'Agent' | t">
      <ng-template matMenuContent let-number="number">
        @for (agent of choices(); track agent?.id) {
          <button
            mat-menu-item
            role="menuitemradio"
            [attr.aria-checked]="number.agent?.id === agent?.id"
            (click)="chosen.emit({ number, agent })"
          >
            <app-menu-choice [isChosen]="number.agent?.id === agent?.id">
              <bdi>{{ agent?.name ?? ('Unassigned' | t) }}</bdi>
            </app-menu-choice>
          </button>
        }
      </ng-template>
    </mat-menu>
  `,
  styles: `
    /* The menu is as wide as the field it opens from: the page without its edges and the box. */
    @media (width < 720px) {
      app-menu-choice {
        min-width: calc(100vw - 2 * var(--space-4) - 48px - 2 * var(--space-3) - 2px);
      }
    }
  `,
})
export class AgentMenuComponent {
  readonly agents = input.required<readonly AgentResponse[]>();
  readonly chosen = output<AgentChoice>();
  readonly menu = viewChild.required(MatMenu);
  /** The last one is nobody. */
  protected readonly choices = computed(() => [...this.agents(), null]);
}
