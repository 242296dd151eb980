import { Component, computed, input } from '@angular/core';
import type { AuditOutcome } from '@voxreach/contracts';
import type { Sentence } from '../../core/i18n/sentences';
import { t } from '../../core/i18n/translate';
import { TranslatePipe } from '../../core/i18n/translate.pipes';
import type { IconName } from '../../shared/ui/icon-paths';
import { IconComponent } from '../../shared/ui/icon.component';

const LOOKS: Record<AuditOutcome, { word: Sentence; icon: IconName }> = {
  succeeded: { word: 'Succeeded', icon: 'check' },
  refused: { word: 'Refused', icon: 'blocked' },
};

export const outcomeWord = (outcome: AuditOutcome): string => t(LOOKS[outcome].word);

/** How it ended: icon and word; only what was refused stands out. */
@Component({
  selector: 'app-outcome-badge',
  imports: [IconComponent, TranslatePipe],
  host: { '[class.is-refused]': "outcome() === 'refused'" },
  template: `<app-icon [name]="look().icon" />{{ look().word | t }}`,
  styles: `
    :host {
      display: inline-flex;
      vertical-align: top;
      align-items: center;
      gap: 6px;
      color: var(--text-muted);
      white-space: nowrap;
    }

    :host(.is-refused) {
      color: var(--danger);
      font-weight: 550;
    }

    app-icon {
      width: 16px;
      height: 16px;
    }
  `,
})
export class OutcomeBadgeComponent {
  readonly outcome = input.required<AuditOutcome>();
  protected readonly look = computed(() => LOOKS[this.outcome()]);
}
