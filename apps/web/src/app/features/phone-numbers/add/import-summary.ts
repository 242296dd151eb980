import type { ProviderField } from '@voxreach/contracts';
import { said, t } from '../../../core/i18n/translate';
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

/** What the one click will make, in the order in which it was entered, in the language that is spoken now. Secrets are not part of it. */
export function summaryOf({ provider, form }: Draft, { agentName, savedName }: Chosen): SummaryLine[] {
  const entered = (field: ProviderField): SummaryLine[] => {
    const { enabled = false, value = '' } = form.get(field.path) ?? {};
    if (!enabled || value === '' || !isInUse(form, field) || field.kind === 'secret') return [];
    const label = said(field.label);
    if (typeof value === 'boolean') return [{ label, text: t(value ? 'Yes' : 'No') }];
    return [{ label, text: String(value), isNumber: field.kind === 'phone' }];
  };
  return [
    { label: t('Provider'), text: said(provider.label) },
    ...provider.fields.flatMap(entered),
    ...entered(NAME_FIELD),
    ...credentialLine({ provider, form }, savedName),
    ...credentialFields(provider).flatMap(entered),
    { label: t('Agent'), text: agentName ?? t('Assigned later') },
    ...entered(FALLBACK_FIELD),
  ];
}

function credentialLine({ provider: { credential, label } }: Draft, savedName: string): SummaryLine[] {
  if (credential === null) return [];
  const text = () => {
    if (savedName !== '') return t('{credential}, saved before', { credential: savedName });
    return credential.reusable
      ? t('New, saved for further numbers of {provider}', { provider: said(label) })
      : t('Handed over for this number only, not saved');
  };
  return [{ label: t('Credential'), text: text() }];
}

/** What will be different afterwards, at the carrier and for calls. */
export function changesOf({ provider, form }: Draft): string[] {
  const remarks = credentialFields(provider)
    .filter(({ kind, path }) => kind === 'host' && form.get(path)?.enabled)
    .map(({ path }) => hostNotice(String(form.get(path)?.value)));
  return [...provider.changes, ...remarks.filter((remark) => remark !== null)].map(said);
}
