import type { ProviderField } from '@voxreach/contracts';
import { hostNotice } from '../../../shared/forms/provider-fields/host-notice';
import type { Draft } from './add-number.store';
import { credentialFields, FALLBACK_FIELD, isInUse, NAME_FIELD } from './import-draft';

export interface SummaryLine {
  label: string;
  text: string;
  isNumber?: boolean;
}

interface Chosen {
  agentName: string | null;
  savedName: string;
}

/** What the one click will make, in the order in which it was entered. Secrets are not part of it. */
export function summaryOf({ provider, form }: Draft, { agentName, savedName }: Chosen): SummaryLine[] {
  const entered = (field: ProviderField): SummaryLine[] => {
    const { enabled = false, value = '' } = form.get(field.path) ?? {};
    if (!enabled || value === '' || !isInUse(form, field) || field.kind === 'secret') return [];
    if (typeof value === 'boolean') return [{ label: field.label, text: value ? 'Yes' : 'No' }];
    return [{ label: field.label, text: String(value), isNumber: field.kind === 'phone' }];
  };
  return [
    { label: 'Provider', text: provider.label },
    ...provider.fields.flatMap(entered),
    ...entered(NAME_FIELD),
    ...credentialLine({ provider, form }, savedName),
    ...credentialFields(provider).flatMap(entered),
    { label: 'Agent', text: agentName ?? 'Assigned later' },
    ...entered(FALLBACK_FIELD),
  ];
}

function credentialLine({ provider: { credential, label } }: Draft, savedName: string): SummaryLine[] {
  if (credential === null) return [];
  if (savedName !== '') return [{ label: 'Credential', text: `${savedName}, saved before` }];
  const text = credential.reusable
    ? `New, saved for further numbers of ${label}`
    : 'Handed over for this number only, not saved';
  return [{ label: 'Credential', text }];
}

/** What will be different afterwards, at the carrier and for calls. */
export function changesOf({ provider, form }: Draft): string[] {
  const remarks = credentialFields(provider)
    .filter(({ kind, path }) => kind === 'host' && form.get(path)?.enabled)
    .map(({ path }) => hostNotice(String(form.get(path)?.value)));
  return [...provider.changes, ...remarks.filter((remark) => remark !== null)];
}
