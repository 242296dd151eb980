import type { CredentialProviderId, CredentialResponse } from '@voxreach/contracts';

/** A row with what the answer needs of it. */
export interface CredentialRow {
  id: string;
  provider: string;
  name: string;
  attention: string | null;
  createdAt: Date;
  updatedAt: Date;
  _count: { phoneNumbers: number };
}

/** The columns of a CredentialRow. */
export const CREDENTIAL_SELECT = {
  id: true,
  provider: true,
  name: true,
  attention: true,
  createdAt: true,
  updatedAt: true,
  _count: { select: { phoneNumbers: true } },
} as const;

export const toCredentialResponse = (row: CredentialRow): CredentialResponse => ({
  id: row.id,
  // Only rows of known providers are ever written.
  provider: row.provider as CredentialProviderId,
  name: row.name,
  phoneNumberCount: row._count.phoneNumbers,
  attention: row.attention,
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
});
