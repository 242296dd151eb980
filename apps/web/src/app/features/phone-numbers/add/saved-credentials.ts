import { computed, inject, Service } from '@angular/core';
import { rxResource } from '@angular/core/rxjs-interop';
import type { CredentialResponse } from '@voxreach/contracts';
import { switchMap } from 'rxjs';
import { counted } from '../../../core/i18n/translate';
import { CredentialsApi } from '../../credentials/credentials.api';
import type { ReusableCredential } from './reusable-credentials';

export interface SavedCredential extends ReusableCredential {
  /** In words: "3 numbers". */
  numbers: string;
}

/** The organisation's credentials that can serve another number. Without an answer the form asks for new ones. */
@Service({ autoProvided: false })
export class SavedCredentials {
  private readonly api = inject(CredentialsApi);
  private readonly all = rxResource({ stream: () => this.api.listAll().pipe(switchMap(withProviders)) });

  readonly reusable = computed((): SavedCredential[] =>
    (this.all.hasValue() ? this.all.value() : []).map((credential) => ({
      ...credential,
      numbers: counted('{count} numbers', credential.phoneNumberCount),
    })),
  );

  readAgain(): void {
    this.all.reload();
  }

  nameOf(id: string): string {
    return this.reusable().find((credential) => credential.id === id)?.name ?? '';
  }
}

/** What is known of their providers is loaded where there are any. */
async function withProviders(credentials: CredentialResponse[]): Promise<ReusableCredential[]> {
  return credentials.length === 0 ? [] : (await import('./reusable-credentials')).reusableOf(credentials);
}
