import type { Sentence } from '../../core/i18n/sentences';

/**
 * Where Vapi's SIP signalling comes from, by the host that calls are sent to. Source: Vapi's documentation of SIP networking, as of
 * August 2026.
 */
export interface SipRegion {
  label: Sentence;
  host: string;
  addresses: readonly string[];
  ports: Sentence;
}

/** The month in which the addresses were last compared with Vapi's page. */
export const ADDRESSES_CHECKED: Sentence = 'August 2026';

export const SIP_REGIONS: readonly SipRegion[] = [
  {
    label: 'United States',
    host: 'sip.vapi.ai',
    addresses: ['44.229.228.186', '44.238.177.138'],
    ports: '5060 (UDP, TCP) and 5061 (TLS)',
  },
  {
    label: 'Europe',
    host: 'sip.eu.vapi.ai',
    addresses: ['63.182.83.170'],
    ports: '5060 (UDP, TCP) and 5061 (TLS)',
  },
];

/** The region whose host stands in `number@credential.host`, if it is one we know. */
export const regionOf = (sipAddress: string): SipRegion | undefined =>
  SIP_REGIONS.find(({ host }) => sipAddress.endsWith(`.${host}`));
