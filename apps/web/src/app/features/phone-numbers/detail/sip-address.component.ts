import { Component, computed, input } from '@angular/core';
import { TranslatePipe } from '../../../core/i18n/translate.pipes';
import { CopyButtonComponent } from '../../../shared/ui/copy-button.component';
import { ADDRESSES_CHECKED, regionOf } from '../vapi-addresses';

/** What the person who looks after the trunk has to enter there. */
@Component({
  selector: 'app-sip-address',
  imports: [CopyButtonComponent, TranslatePipe],
  templateUrl: './sip-address.component.html',
  styleUrl: './sip-address.component.scss',
})
export class SipAddressComponent {
  readonly address = input.required<string>();
  protected readonly region = computed(() => regionOf(this.address()));
  protected readonly checked = ADDRESSES_CHECKED;
}
