import { Component, computed, input } from '@angular/core';
import type { PhoneNumberStatus } from '@voxreach/contracts';
import type { Sentence } from '../../core/i18n/sentences';
import { t } from '../../core/i18n/translate';
import { TranslatePipe } from '../../core/i18n/translate.pipes';
import type { IconName } from './icon-paths';
import { IconComponent } from './icon.component';

const LOOKS: Record<PhoneNumberStatus, { word: Sentence; icon: IconName }> = {
  active: { word: 'Active', icon: 'active' },
  activating: { word: 'Activating', icon: 'activating' },
  needs_attention: { word: 'Needs you', icon: 'attention' },
  blocked: { word: 'Blocked', icon: 'blocked' },
};

export const statusWord = (status: PhoneNumberStatus): string => t(LOOKS[status].word);

/** The status of a number: colour, icon and word, so that none of them has to be seen alone. */
@Component({
  selector: 'app-status-badge',
  imports: [IconComponent, TranslatePipe],
  host: { '[attr.data-status]': 'status()' },
  template: `<app-icon [name]="look().icon" />{{ look().word | t }}`,
  styleUrl: './status-badge.component.scss',
})
export class StatusBadgeComponent {
  readonly status = input.required<PhoneNumberStatus>();
  protected readonly look = computed(() => LOOKS[this.status()]);
}
