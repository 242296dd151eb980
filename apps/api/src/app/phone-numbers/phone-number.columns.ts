import type { PhoneNumberResponse } from '@voxreach/contracts';
import type { CsvColumns } from '../common/csv-export';

/** The numbers as a file. */
export const PHONE_NUMBER_COLUMNS: CsvColumns<PhoneNumberResponse> = {
  number: ({ number }) => number,
  sipUri: ({ sipUri }) => sipUri,
  name: ({ name }) => name,
  provider: ({ provider }) => provider,
  status: ({ status }) => status,
  agent: ({ agent }) => agent?.name ?? null,
  credential: ({ credential }) => credential?.name ?? null,
  fallbackNumber: ({ fallbackNumber }) => fallbackNumber,
  id: ({ id }) => id,
  createdAt: ({ createdAt }) => createdAt,
  updatedAt: ({ updatedAt }) => updatedAt,
};
