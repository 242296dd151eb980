import { FormControl } from '@angular/forms';
import {
  type AnyProviderDescriptor,
  type ImportBodyOf,
  type InputField,
  inputsOf,
  type ProblemResponse,
  type ProviderField,
  type ProviderId,
  PROVIDERS,
} from '@voxreach/contracts';
import type { Sentence } from '../../../core/i18n/sentences';
import { said } from '../../../core/i18n/translate';
import { applyProblem, forgetRefusals } from '../../../shared/forms/apply-problem';
import { dtoValidator } from '../../../shared/forms/dto-validator';
import { fieldsOf } from '../../../shared/forms/field-messages';
import { choicesOf } from '../../../shared/forms/provider-fields/field-choices';
import {
  buildProviderForm,
  inputsIn,
  type ProviderForm,
  under,
} from '../../../shared/forms/provider-fields/provider-form';
import { pruneEmpty } from '../../../shared/forms/prune-empty';
import { switchedPaths } from '../../../shared/forms/switched-group';
import { type ImportStep, importSteps } from './import-steps';

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

const isOnAgentStep = (path: string): boolean => AGENT_STEP_PATHS.includes(path);

type Paths = ReadonlySet<string>;

interface Needs {
  /** What one has to have at hand, in words. */
  needed: string[];
  /** What some have to have, depending on their set-up. */
  dependent: InputField[];
}

export const credentialFields = ({ credential }: AnyProviderDescriptor): ProviderField[] =>
  under('credential', credential?.fields ?? []);

/** False for what says how another field is meant while that one is empty. */
export const isInUse = (form: ProviderForm, { qualifies }: InputField): boolean =>
  qualifies === undefined || form.get(qualifies)?.value !== '';

/** A number of one provider on its way to being added: the request as a form. Loaded once the first step stands, which does without. */
export class Draft {
  readonly provider: AnyProviderDescriptor;
  readonly form: ProviderForm;

  constructor(id: ProviderId) {
    this.provider = PROVIDERS[id];
    this.form = formFor(this.provider);
  }

  /** Either a saved credential or new ones is part of the request, never both. */
  useCredential(id: string): void {
    const [saved, inline] = [this.form.get('credentialId'), this.form.get('credential')];
    saved?.setValue(id);
    if (id === '') {
      saved?.disable();
      inline?.enable();
    } else {
      saved?.enable();
      inline?.disable();
    }
  }

  /** What is said of a number whoever carries it, when another provider is chosen. */
  takeOver({ form }: Draft): void {
    for (const path of ['number', NAME_FIELD.path, ...AGENT_STEP_PATHS])
      this.form.get(path)?.setValue(form.get(path)?.value ?? '');
    if (form.dirty) this.form.markAsDirty();
  }

  needs(usesSaved: boolean): Needs {
    const credential = (usesSaved ? null : this.provider.credential)?.fields ?? [];
    // What is rarely needed is not worth looking up beforehand.
    const inputs = inputsOf(credential.filter((field) => field.kind !== 'group'));
    const fields: InputField[] = [...inputs, ...this.provider.fields].filter(
      ({ kind, fold }) => kind !== 'toggle' && fold === undefined,
    );
    const isDependent = ({ optional, either }: InputField) => optional === true && either === undefined;
    return {
      needed: choicesOf(fields.filter((field) => !isDependent(field))).flatMap(
        ({ ways, words }) => words ?? ways.flatMap(({ fields }) => fields.map(({ label }) => said(label))),
      ),
      dependent: fields.filter(isDependent),
    };
  }

  steps(usesSaved: boolean): ImportStep[] {
    return importSteps(this.provider, usesSaved);
  }

  /** Shows what is wrong. Of `forgotten` secrets, those that are missing now are asked for once. */
  check(forgotten: Paths): Paths {
    forgetRefusals(this.form);
    this.form.markAllAsTouched();
    return this.askForForgotten(forgotten);
  }

  /** Whether all is right that stands before the last step. */
  isReadyForAgent(): boolean {
    return fieldsOf(this.form).every(([path, { valid }]) => valid || isOnAgentStep(path));
  }

  /** What the form says, without what says nothing at the moment. */
  body(): ImportBodyOf<ProviderId> {
    const { fields } = this.provider;
    const unused = new Set(fields.filter((field) => !isInUse(this.form, field)).map(({ path }) => path));
    const said = Object.fromEntries(Object.entries(this.form.value).filter(([path]) => !unused.has(path)));
    return pruneEmpty(said, new Set(switchedPaths(this.form))) as ImportBodyOf<ProviderId>;
  }

  /** False when the problem has to be shown in its own words. */
  apply(problem: Pick<ProblemResponse, 'errors'>): boolean {
    return applyProblem(this.form, problem);
  }

  /** Where something has to be corrected; null when nothing was refused. */
  refusedStep(): 'details' | 'agent' | null {
    const refused = fieldsOf(this.form).filter(([, { invalid, touched }]) => invalid && touched);
    if (refused.length === 0) return null;
    return refused.every(([path]) => isOnAgentStep(path)) ? 'agent' : 'details';
  }

  /** Empties every secret, sent or not, and names the ones that were part of the request. */
  forgetSecrets(): Set<string> {
    const forgotten = new Set<string>();
    for (const { path, kind, control } of inputsIn(this.form, credentialFields(this.provider))) {
      if (kind !== 'secret' || control.value === '') continue;
      if (control.enabled) forgotten.add(path);
      control.setValue('');
      control.markAsUntouched();
    }
    return forgotten;
  }

  /** Once: a secret that may be left out must not be missing only because it was forgotten after the last request. */
  private askForForgotten(forgotten: Paths): Paths {
    const missing = fieldsOf(this.form).filter(([path, { value }]) => forgotten.has(path) && value === '');
    const optional = missing.filter(([, { valid }]) => valid);
    const message: Sentence = 'Enter it again, since secrets are not kept, or continue without it.';
    this.apply({ errors: optional.map(([path]) => ({ path, message })) });
    return missing.length === optional.length ? new Set() : forgotten;
  }
}

function formFor(provider: AnyProviderDescriptor): ProviderForm {
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
