import { Component, computed, input } from '@angular/core';
import { type PhoneNumberResponse, PROVIDERS } from '@voxreach/contracts';
import { TranslatePipe } from '../../../core/i18n/translate.pipes';
import { FiguresComponent } from '../../../shared/ui/figures.component';
import { ProviderBadgeComponent } from '../../../shared/ui/provider-badge.component';
import { TimeAgoComponent } from '../../../shared/ui/time-ago.component';

@Component({
  selector: 'app-number-facts',
  imports: [FiguresComponent, ProviderBadgeComponent, TimeAgoComponent, TranslatePipe],
  template: `
    <h2 class="visually-hidden">{{ 'About this number' | t }}</h2>
    <dl>
      <div>
        <dt>{{ 'Provider' | t }}</dt>
        <dd><app-provider-badge [provider]="number().provider" /></dd>
      </div>
      @if (needsCredential()) {
        <div>
          <dt>{{ 'Credential' | t }}</dt>
          <dd>
            <bdi>
              <app-figures [text]="number().credential?.name ?? ('Entered at import, not saved' | t)" />
            </bdi>
          </dd>
        </div>
      }
      <div>
        <dt>{{ 'Added' | t }}</dt>
        <dd><app-time-ago [time]="number().createdAt" /></dd>
      </div>
      <div>
        <dt>{{ 'Last changed' | t }}</dt>
        <dd><app-time-ago [time]="number().updatedAt" /></dd>
      </div>
    </dl>
  `,
  styleUrl: './number-facts.component.scss',
})
export class NumberFactsComponent {
  readonly number = input.required<PhoneNumberResponse>();
  protected readonly needsCredential = computed(() => PROVIDERS[this.number().provider].credential !== null);
}
