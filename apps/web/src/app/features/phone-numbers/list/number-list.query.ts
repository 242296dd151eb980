import type { ListPhoneNumbersQuery } from '@voxreach/contracts';
import { PHONE_NUMBER_SORTS, PHONE_NUMBER_STATUSES, PROVIDER_IDS } from '@voxreach/contracts/vocabulary';

/** What of the list can be chosen, and stands in the address. */
export type NumberListQuery = Pick<
  ListPhoneNumbersQuery,
  'search' | 'provider' | 'status' | 'agentId' | 'sort'
>;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const oneOf = <T extends string>(known: readonly T[], value: string | undefined): T | undefined =>
  known.find((item) => item === value);

/** Reads an address that anybody may have typed: what is not known is left out. */
export const readQuery = ({
  search,
  provider,
  status,
  agentId,
  sort,
}: Partial<Record<keyof NumberListQuery, string>>): NumberListQuery => ({
  search: search?.slice(0, 100) || undefined,
  provider: oneOf(PROVIDER_IDS, provider),
  status: oneOf(PHONE_NUMBER_STATUSES, status),
  agentId: agentId !== undefined && UUID.test(agentId) ? agentId : undefined,
  sort: oneOf(PHONE_NUMBER_SORTS, sort),
});

export const isFiltered = ({ search, provider, status, agentId }: NumberListQuery): boolean =>
  [search, provider, status, agentId].some((value) => value !== undefined);
