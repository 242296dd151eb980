import { isHostName, isIpv4 } from './gateway-address';

/** What Vapi takes as the number of a BYO phone number when it is not checked as E.164: 40 characters at most, the plus included. */
export const EXTENSION_PATTERN = /^([a-zA-Z0-9]{3,40}|\+[a-zA-Z0-9]{3,39})$/;

const SIP_URI_PATTERN = /^sip:([^@\s]+)@([^@:\s]+)(?::(\d{1,5}))?$/i;

/** The user part of `sip:user@host` or `sip:user@host:port`, or undefined when the text is not such an address. */
export function sipUserOf(sipUri: string): string | undefined {
  const [, user, host = '', port = '5060'] = SIP_URI_PATTERN.exec(sipUri) ?? [];
  const isReachable = (isIpv4(host) || isHostName(host)) && Number(port) >= 1 && Number(port) <= 65_535;
  return isReachable ? user : undefined;
}
