import { FormControl } from '@angular/forms';
import type { AnyProviderDescriptor, InputField, ProviderField } from '@voxreach/contracts';
import type { Sentence } from '../../../core/i18n/sentences';
import { dtoValidator } from '../../../shared/forms/dto-validator';
import {
  buildProviderForm,
  inputsIn,
  type ProviderForm,
  under,
} from '../../../shared/forms/provider-fields/provider-form';

/** A field of ours, in words that are translated. */
type OwnField = InputField & { label: Sentence; help: Sentence; placeholder?: Sentence };

/** Shown with the agents; the rest of the form stands on the step before. */
export const FALLBACK_FIELD: OwnField = {
  path: 'fallbackNumber',
  label: 'Fallback number',
  kind: 'phone',
  optional: true,
  help: 'Calls that the agent cannot take are sent here, for example your front desk.',
};

export const NAME_FIELD: OwnField = {
  path: 'name',
  label: 'Name',
  kind: 'text',
  optional: true,
  placeholder: 'Main line',
  help: 'Shown in your lists. Left empty, the number itself is shown.',
};

const AGENT_STEP_PATHS: readonly string[] = ['agentId', FALLBACK_FIELD.path];

export const isOnAgentStep = (path: string): boolean => AGENT_STEP_PATHS.includes(path);

/** The request as a form: what it holds, pruned, is the body. */
export function draftFor(provider: AnyProviderDescriptor): ProviderForm {
  const form = buildProviderForm([
    ...credentialFields(provider),
    ...provider.fields,
    NAME_FIELD,
    FALLBACK_FIELD,
  ]);
  form.addControl('provider', new FormControl(provider.id, { nonNullable: true }));
  form.addControl('agentId', new FormControl('', { nonNullable: true }));
  form.addControl('credentialId', new FormControl({ value: '', disabled: true }, { nonNullable: true }));
  form.addValidators(dtoValidator(provider.body));
  form.updateValueAndValidity();
  return form;
}

/** False for what says how another field is meant while that one is empty. */
export const isInUse = (form: ProviderForm, { qualifies }: InputField): boolean =>
  qualifies === undefined || form.get(qualifies)?.value !== '';

/** What the form says, without what says nothing at the moment. */
export function valueOf({ provider, form }: { provider: AnyProviderDescriptor; form: ProviderForm }): object {
  const unused = new Set(provider.fields.filter((field) => !isInUse(form, field)).map(({ path }) => path));
  return Object.fromEntries(Object.entries(form.value).filter(([path]) => !unused.has(path)));
}

export const credentialFields = ({ credential }: AnyProviderDescriptor): ProviderField[] =>
  under('credential', credential?.fields ?? []);

/** Either a saved credential or new ones is part of the request, never both. */
export function useCredential(form: ProviderForm, id: string): void {
  const [saved, inline] = [form.get('credentialId'), form.get('credential')];
  saved?.setValue(id);
  if (id === '') {
    saved?.disable();
    inline?.enable();
  } else {
    saved?.enable();
    inline?.disable();
  }
}

/** Empties every secret, sent or not, and names the ones that were part of the request. */
export function forgetSecrets(form: ProviderForm, provider: AnyProviderDescriptor): Set<string> {
  const forgotten = new Set<string>();
  for (const { path, kind, control } of inputsIn(form, credentialFields(provider))) {
    if (kind !== 'secret' || control.value === '') continue;
    if (control.enabled) forgotten.add(path);
    control.setValue('');
    control.markAsUntouched();
  }
  return forgotten;
}

/** What is said of a number whoever carries it, taken over when another provider is chosen. */
export function takeOver(from: ProviderForm, to: ProviderForm): void {
  for (const path of ['number', NAME_FIELD.path, ...AGENT_STEP_PATHS])
    to.get(path)?.setValue(from.get(path)?.value ?? '');
  if (from.dirty) to.markAsDirty();
}
