import { computed, inject, Service } from '@angular/core';
import { rxResource } from '@angular/core/rxjs-interop';
import { type CredentialResponse, type ProviderId, providerOfCredential } from '@voxreach/contracts';
import { counted } from '../../../core/i18n/translate';
import { CredentialsApi } from '../../credentials/credentials.api';

export interface SavedCredential extends CredentialResponse {
  /** Whose numbers it serves. */
  usedBy: ProviderId;
  providerLabel: string;
  /** In words: "3 numbers". */
  numbers: string;
}

/** The organisation's credentials that can serve another number. Without an answer the form asks for new ones. */
@Service({ autoProvided: false })
export class SavedCredentials {
  private readonly api = inject(CredentialsApi);
  private readonly all = rxResource({ stream: () => this.api.listAll() });

  readonly reusable = computed((): SavedCredential[] =>
    (this.all.hasValue() ? this.all.value() : []).flatMap((credential) => {
      const { id, label, credential: described } = providerOfCredential(credential.provider);
      if (!described?.reusable || credential.attention !== null) return [];
      return {
        ...credential,
        usedBy: id,
        providerLabel: label,
        numbers: counted('{count} numbers', credential.phoneNumberCount),
      };
    }),
  );

  readAgain(): void {
    this.all.reload();
  }

  nameOf(id: string): string {
    return this.reusable().find((credential) => credential.id === id)?.name ?? '';
  }
}
