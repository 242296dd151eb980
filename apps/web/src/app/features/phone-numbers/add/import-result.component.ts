import { Component, computed, inject, input, linkedSignal, output } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import type { PhoneNumberResponse } from '@voxreach/contracts';
import { said } from '../../../core/i18n/translate';
import { SaidPipe, TranslatePipe } from '../../../core/i18n/translate.pipes';
import { CopyButtonComponent } from '../../../shared/ui/copy-button.component';
import { IconComponent } from '../../../shared/ui/icon.component';
import { StatusBadgeComponent } from '../../../shared/ui/status-badge.component';
import { nextSteps } from '../next-steps';
import { NumberChanges } from '../number-changes';
import { PhoneFormat } from '../phone-format';
import { statusMeaning } from '../status-meaning';
import { followNumbers } from '../follow-numbers';
import { ADDRESSES_CHECKED, regionOf } from '../vapi-addresses';
import type { ImportStep } from './import-steps';

/** What is ready, and what the client still has to do at the carrier. */
@Component({
  selector: 'app-import-result',
  imports: [
    CopyButtonComponent,
    IconComponent,
    MatButton,
    RouterLink,
    SaidPipe,
    StatusBadgeComponent,
    TranslatePipe,
  ],
  templateUrl: './import-result.component.html',
  styleUrl: './import-result.component.scss',
})
export class ImportResultComponent {
  readonly added = input.required<PhoneNumberResponse>();
  readonly steps = input.required<readonly ImportStep[]>();
  readonly another = output();

  private readonly phones = inject(PhoneFormat);
  protected readonly number = linkedSignal(() => this.added());
  protected readonly title = computed(() => this.phones.title(this.number()));
  protected readonly meaning = computed(() => said(statusMeaning(this.number())));
  protected readonly region = computed(() => regionOf(this.number().sipAddress ?? ''));
  protected readonly checked = ADDRESSES_CHECKED;
  protected readonly nextSteps = nextSteps;

  constructor() {
    followNumbers(computed(() => [this.number()]));
    inject(NumberChanges)
      .changed.pipe(takeUntilDestroyed())
      .subscribe(({ value }) => {
        if (value.id === this.added().id) this.number.set(value);
      });
  }
}
