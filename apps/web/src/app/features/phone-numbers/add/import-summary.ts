import { type AbstractControl, FormArray } from '@angular/forms';
import type { AnyProviderDescriptor, ListField, ProviderField } from '@voxreach/contracts';
import { said, t } from '../../../core/i18n/translate';
import { itemWords } from '../../../shared/forms/provider-fields/item-words';
import { inputsIn, type PlacedInput, under } from '../../../shared/forms/provider-fields/provider-form';
import { remarkOn } from '../../../shared/forms/provider-fields/remark';
import { pruneEmpty } from '../../../shared/forms/prune-empty';
import { credentialFields, type Draft, FALLBACK_FIELD, isInUse, NAME_FIELD } from './import-draft';

export interface SummaryLine {
  label: string;
  text: string;
  isNumber?: boolean;
}

interface Chosen {
  agentName: string | null;
  savedName: string;
}

/** What the one click will make, in the order in which it was entered, in the language that is spoken now. Secrets are not part of it. */
export function summaryOf({ provider, form }: Draft, { agentName, savedName }: Chosen): SummaryLine[] {
  const entered = (...fields: ProviderField[]): SummaryLine[] =>
    fields.flatMap((field) => {
      const control = form.get(field.path);
      if (field.kind === 'group') {
        const switched = control?.enabled ? [{ label: said(field.label), text: t('Yes') }] : [];
        return [...switched, ...entered(...field.fields)];
      }
      if (field.kind === 'list') return itemLines(field, control);
      return inputsIn(form, [field]).flatMap((input) => (isInUse(form, input) ? lineOf(input) : []));
    });
  /** Several items have a line each. */
  const itemLines = (list: ListField, items: AbstractControl | null): SummaryLine[] => {
    const count = items instanceof FormArray ? items.length : 0;
    const lines = Array.from({ length: count }, (_, index) =>
      entered(...under(`${list.path}.${index}`, list.fields)),
    );
    if (count === 1) return lines.flat();
    return lines.flatMap((inside, index) => {
      const text = inside
        .map((line) => t('{label}: {text}', { label: line.label, text: line.text }))
        .join('\n');
      return text === '' ? [] : [{ label: itemWords(list, 'item', index), text }];
    });
  };
  return [
    { label: t('Provider'), text: said(provider.label) },
    ...entered(...provider.fields),
    ...entered(NAME_FIELD),
    ...credentialLine(provider, savedName),
    ...entered(...credentialFields(provider)),
    { label: t('Agent'), text: agentName ?? t('To be assigned later') },
    ...entered(FALLBACK_FIELD),
  ];
}

function lineOf({ kind, label, options, control: { enabled, value } }: PlacedInput): SummaryLine[] {
  if (!enabled || value === '' || kind === 'secret') return [];
  const option = options?.find((one) => one.value === value);
  const text =
    typeof value === 'boolean' ? t(value ? 'Yes' : 'No') : option ? said(option.label) : String(value);
  return [{ label: said(label), text, isNumber: kind === 'phone' }];
}

function credentialLine({ credential, label }: AnyProviderDescriptor, savedName: string): SummaryLine[] {
  if (credential === null) return [];
  const text = () => {
    if (savedName !== '') return t('{credential}, saved before', { credential: savedName });
    return credential.reusable
      ? t('New, saved for more {provider} numbers', { provider: said(label) })
      : t('Handed over for this number only, not saved');
  };
  return [{ label: t('Credential'), text: text() }];
}

/** What will be different afterwards, at the carrier and for calls. */
export function changesOf({ provider, form }: Draft): string[] {
  const remarks = inputsIn(form, credentialFields(provider))
    .filter(({ kind, control }) => kind === 'host' && control.enabled)
    .map((input) =>
      remarkOn(input, String(input.control.value), pruneEmpty(input.control.parent?.value ?? {})),
    );
  return [...provider.changes, ...new Set(remarks.filter((remark) => remark !== null))].map(said);
}
