import { Component, computed, inject, input } from '@angular/core';
import { TranslatePipe } from '../../../core/i18n/translate.pipes';
import { PhonePipe } from '../phone-format';
import { AddNumberStore } from './add-number.store';
import type { Draft } from './import-draft';
import { changesOf, summaryOf } from './import-summary';
import { SavedCredentials } from './saved-credentials';
import { FiguresComponent } from '../../../shared/ui/figures.component';

/** Said before the one click that creates anything. */
@Component({
  selector: 'app-import-summary',
  imports: [FiguresComponent, PhonePipe, TranslatePipe],
  templateUrl: './import-summary.component.html',
  styleUrl: './import-summary.component.scss',
})
export class ImportSummaryComponent {
  readonly draft = input.required<Draft>();
  readonly agentName = input.required<string | null>();

  private readonly store = inject(AddNumberStore);
  private readonly savedCredentials = inject(SavedCredentials);

  protected readonly lines = computed(() => {
    this.store.value();
    return summaryOf(this.draft(), {
      agentName: this.agentName(),
      savedName: this.savedCredentials.nameOf(this.store.credentialId()),
    });
  });
  protected readonly changes = computed(() => {
    this.store.value();
    return changesOf(this.draft());
  });
}
