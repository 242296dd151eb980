import { isHostName, isUnreachableFromInternet } from '@voxreach/contracts';
import type { Sentence } from '../../../core/i18n/sentences';

/** What is worth saying of an address that is accepted as it is. */
export function hostNotice(address: string): Sentence | null {
  const host = address.trim();
  if (isUnreachableFromInternet(host)) {
    return 'This address is private: Vapi cannot reach it over the internet. Use it only if you know that it is forwarded.';
  }
  return isHostName(host)
    ? 'Inbound calls need an IPv4 address. With a domain name, inbound calls are switched off and outbound calls work.'
    : null;
}
