import { Component, computed, inject } from '@angular/core';
import { SaidPipe, TranslatePipe } from '../../../core/i18n/translate.pipes';
import { AddNumberStore } from './add-number.store';
import { ADDRESSES_CHECKED, SIP_REGIONS } from '../vapi-addresses';

/** What people ask at this point, beside the form. */
@Component({
  selector: 'app-help-panel',
  imports: [SaidPipe, TranslatePipe],
  templateUrl: './help-panel.component.html',
  styleUrl: './help-panel.component.scss',
})
export class HelpPanelComponent {
  protected readonly store = inject(AddNumberStore);
  protected readonly provider = computed(() => this.store.draft()?.provider ?? null);
  protected readonly regions = SIP_REGIONS;
  protected readonly checked = ADDRESSES_CHECKED;

  protected readonly needs = computed(() => this.store.draft()?.needs(this.store.credentialId() !== ''));
}
