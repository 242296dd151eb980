import { Component, computed, inject } from '@angular/core';
import { said } from '../../../core/i18n/translate';
import { SaidPipe, TranslatePipe } from '../../../core/i18n/translate.pipes';
import { type InputField, inputsOf } from '@voxreach/contracts';
import { choicesOf } from '../../../shared/forms/provider-fields/field-choices';
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

  private readonly fields = computed((): InputField[] => {
    const provider = this.provider();
    if (provider === null) return [];
    const usesSaved = this.store.credentialId() !== '';
    const credential = (usesSaved ? null : provider.credential)?.fields ?? [];
    // What is rarely needed is not worth looking up beforehand.
    const inputs = inputsOf(credential.filter((field) => field.kind !== 'group'));
    return [...inputs, ...provider.fields].filter(
      ({ kind, fold }) => kind !== 'toggle' && fold === undefined,
    );
  });
  protected readonly needed = computed(() =>
    choicesOf(this.fields().filter(({ optional, either }) => !optional || either !== undefined)).flatMap(
      ({ ways, words }) => words ?? ways.flatMap(({ fields }) => fields.map(({ label }) => said(label))),
    ),
  );
  protected readonly dependent = computed(() =>
    this.fields().filter(({ optional, either }) => optional && either === undefined),
  );
}
