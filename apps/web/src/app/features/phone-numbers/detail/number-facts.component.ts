import { Component, input } from '@angular/core';
import type { PhoneNumberResponse } from '@voxreach/contracts';
import { ProviderBadgeComponent } from '../../../shared/ui/provider-badge.component';
import { TimeAgoComponent } from '../../../shared/ui/time-ago.component';

@Component({
  selector: 'app-number-facts',
  imports: [ProviderBadgeComponent, TimeAgoComponent],
  template: `
    <h2 class="visually-hidden">About this number</h2>
    <dl>
      <div>
        <dt>Provider</dt>
        <dd><app-provider-badge [provider]="number().provider" /></dd>
      </div>
      <div>
        <dt>Credential</dt>
        <dd>{{ number().credential?.name ?? 'Given with the import, not saved' }}</dd>
      </div>
      <div>
        <dt>Added</dt>
        <dd><app-time-ago [time]="number().createdAt" /></dd>
      </div>
      <div>
        <dt>Last changed</dt>
        <dd><app-time-ago [time]="number().updatedAt" /></dd>
      </div>
    </dl>
  `,
  styleUrl: './number-facts.component.scss',
})
export class NumberFactsComponent {
  readonly number = input.required<PhoneNumberResponse>();
}
