import { afterNextRender, Component, computed, ElementRef, inject, Injector, input } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { SaidPipe, TranslatePipe } from '../../../core/i18n/translate.pipes';
import { messageAt } from '../../../shared/forms/field-messages';
import { focusFirstInvalid } from '../../../shared/forms/focus-first-invalid';
import { ProviderFieldsComponent } from '../../../shared/forms/provider-fields/provider-fields.component';
import { AddNumberStore } from './add-number.store';
import { type Draft, NAME_FIELD } from './import-draft';
import { SavedCredentials } from './saved-credentials';

@Component({
  selector: 'app-number-details-step',
  imports: [MatButton, ProviderFieldsComponent, SaidPipe, TranslatePipe],
  templateUrl: './number-details.step.html',
  styleUrls: ['./step.scss', './number-details.step.scss'],
})
export class NumberDetailsStep {
  readonly draft = input.required<Draft>();

  private readonly injector = inject(Injector);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly savedCredentials = inject(SavedCredentials);
  protected readonly store = inject(AddNumberStore);
  protected readonly provider = computed(() => this.draft().provider);
  protected readonly form = computed(() => this.draft().form);
  protected readonly numberFields = computed(() => [...this.provider().fields, NAME_FIELD]);
  protected readonly saved = computed(() =>
    this.savedCredentials.reusable().filter(({ usedBy }) => usedBy === this.provider().id),
  );

  /** The credential may have been removed meanwhile. */
  protected readonly refusal = computed(() => {
    this.store.value();
    return messageAt(this.form(), 'credentialId');
  });

  protected choose(event: Event): void {
    if (event.target instanceof HTMLSelectElement)
      void this.store.choose(this.provider().id, event.target.value);
  }

  protected proceed(event: Event): void {
    event.preventDefault();
    if (this.store.continueToAgent()) return;
    afterNextRender(() => focusFirstInvalid(this.host), { injector: this.injector });
  }
}
