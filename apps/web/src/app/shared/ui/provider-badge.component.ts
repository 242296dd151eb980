import { Component, computed, input } from '@angular/core';
import { PROVIDER_CARDS, type ProviderId } from '@voxreach/contracts/vocabulary';
import { said } from '../../core/i18n/translate';

/** Where a number comes from. Neutral on purpose: colour belongs to the status. */
@Component({
  selector: 'app-provider-badge',
  template: '{{ label() }}',
  styles: `
    :host {
      display: inline-flex;
      align-items: center;
      height: 24px;
      padding-inline: 8px;
      border: 1px solid var(--line);
      border-radius: var(--radius-sm);
      color: var(--text-muted);
      font-size: var(--text-sm);
      font-weight: 500;
      white-space: nowrap;
    }
  `,
})
export class ProviderBadgeComponent {
  readonly provider = input.required<ProviderId>();
  protected readonly label = computed(() => said(PROVIDER_CARDS[this.provider()].label));
}
