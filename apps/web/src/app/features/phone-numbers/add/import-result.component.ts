import { Clipboard } from '@angular/cdk/clipboard';
import { Component, computed, inject, input, output, signal } from '@angular/core';
import { toObservable, toSignal } from '@angular/core/rxjs-interop';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import { PROVIDERS, type PhoneNumberResponse, type PhoneNumberStatus } from '@voxreach/contracts';
import { map, switchMap } from 'rxjs';
import type { IconName } from '../../../shared/ui/icon-paths';
import { IconComponent } from '../../../shared/ui/icon.component';
import { PhoneNumbersApi } from '../phone-numbers.api';
import { untilSettled } from './settled-number';
import { ADDRESSES_CHECKED, regionOf } from './vapi-addresses';

const STATUS: Record<PhoneNumberStatus, { icon: IconName; word: string; text: string }> = {
  activating: {
    icon: 'activating',
    word: 'Activating',
    text: 'It is being set up, which can take some minutes. Calls may fail until then. This page follows it.',
  },
  active: { icon: 'active', word: 'Active', text: 'It takes calls.' },
  blocked: { icon: 'blocked', word: 'Blocked', text: 'Vapi has blocked it. Contact support.' },
  needs_attention: {
    icon: 'attention',
    word: 'Needs attention',
    text: 'Something is unclear about it. Open it from your phone numbers to see what to do.',
  },
};

/** What is ready, and what the client still has to do at the carrier. */
@Component({
  selector: 'app-import-result',
  imports: [IconComponent, MatButton, RouterLink],
  templateUrl: './import-result.component.html',
  styleUrl: './import-result.component.scss',
})
export class ImportResultComponent {
  readonly added = input.required<PhoneNumberResponse>();
  readonly steps = input.required<readonly string[]>();
  readonly another = output();

  private readonly api = inject(PhoneNumbersApi);
  private readonly clipboard = inject(Clipboard);
  private readonly followed = toSignal(
    toObservable(this.added).pipe(
      switchMap((added) => untilSettled(added, () => this.api.get(added.id).pipe(map(({ value }) => value)))),
    ),
  );
  protected readonly number = computed(() => this.followed() ?? this.added());
  protected readonly status = computed(() => STATUS[this.number().status]);
  protected readonly provider = computed(() => PROVIDERS[this.number().provider]);
  protected readonly region = computed(() => regionOf(this.number().sipAddress ?? ''));
  protected readonly checked = ADDRESSES_CHECKED;
  protected readonly copied = signal('');

  protected copy(text: string): void {
    if (this.clipboard.copy(text)) this.copied.set(text);
  }
}
