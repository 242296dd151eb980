import type { PhoneNumberSort } from '@voxreach/contracts';

/** How a column is sorted, for `aria-sort`; null when the list is sorted by another. */
export function sortOrder(orders: readonly PhoneNumberSort[], sort: PhoneNumberSort) {
  if (!orders.includes(sort)) return null;
  return sort.startsWith('-') ? 'descending' : 'ascending';
}
