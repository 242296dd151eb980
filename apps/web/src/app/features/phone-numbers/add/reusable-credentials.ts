import { type CredentialResponse, type ProviderId, providerOfCredential } from '@voxreach/contracts';

export interface ReusableCredential extends CredentialResponse {
  /** Whose numbers it serves. */
  usedBy: ProviderId;
  providerLabel: string;
}

/** Those that can serve another number. */
export const reusableOf = (credentials: readonly CredentialResponse[]): ReusableCredential[] =>
  credentials.flatMap((credential) => {
    const { id, label, credential: described } = providerOfCredential(credential.provider);
    if (!described?.reusable || credential.attention !== null) return [];
    return { ...credential, usedBy: id, providerLabel: label };
  });
