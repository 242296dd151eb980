import { FormControl, FormGroup } from '@angular/forms';
import {
  CreateCredentialBody,
  CREDENTIAL_PROVIDER_IDS,
  type CredentialProviderId,
  providerOfCredential,
} from '@voxreach/contracts';
import { dtoValidator } from '../../shared/forms/dto-validator';
import { buildProviderForm } from '../../shared/forms/provider-fields/provider-form';

/** A kind of credential as it is offered. */
export interface CredentialKind {
  provider: CredentialProviderId;
  label: string;
  fields: NonNullable<ReturnType<typeof providerOfCredential>['credential']>['fields'];
  reusable: boolean;
}

/** What can be saved; kinds that serve several numbers come first. */
export const CREDENTIAL_KINDS: readonly CredentialKind[] = CREDENTIAL_PROVIDER_IDS.flatMap((provider) => {
  const { label, credential } = providerOfCredential(provider);
  return credential ? [{ provider, label, fields: credential.fields, reusable: credential.reusable }] : [];
}).sort((a, b) => Number(b.reusable) - Number(a.reusable));

/** The request as a form: what it holds, pruned, is the body. */
export const credentialForm = ({ provider, fields }: CredentialKind, name: string) =>
  new FormGroup(
    {
      provider: new FormControl(provider, { nonNullable: true }),
      name: new FormControl(name, { nonNullable: true }),
      credential: buildProviderForm(fields),
    },
    { validators: dtoValidator(CreateCredentialBody) },
  );
