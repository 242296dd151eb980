const LABEL = '[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?';
const HOST_NAME = new RegExp(`^${LABEL}(\\.${LABEL})*$`);
/** Without leading zeros, which some programs read as octal. */
const IPV4 = /^(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(\.(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)){3}$/;
/** A name whose last label is a number can only be meant as an IPv4 address (WHATWG URL, "ends in a number"). */
const ENDS_IN_NUMBER = /(^|\.)\d+$/;

export const isIpv4 = (address: string): boolean => IPV4.test(address);

/** A DNS name, as opposed to an IPv4 address; false for anything that is neither. */
export const isHostName = (address: string): boolean =>
  address.length <= 253 && HOST_NAME.test(address) && !ENDS_IN_NUMBER.test(address);

/**
 * True for an IPv4 address, or the name `localhost`, that cannot be reached from the internet: private, loopback, link-local,
 * carrier-grade NAT (RFC 1918, 1122, 3927, 6598). Worth a warning in a form, never a refusal.
 */
export function isUnreachableFromInternet(address: string): boolean {
  if (address.toLowerCase() === 'localhost') return true;
  if (!isIpv4(address)) return false;
  const [a = 0, b = 0] = address.split('.').map(Number);
  return (
    a === 0 ||
    a === 10 ||
    a === 127 ||
    (a === 100 && b >= 64 && b <= 127) ||
    (a === 169 && b === 254) ||
    (a === 172 && b >= 16 && b <= 31) ||
    (a === 192 && b === 168)
  );
}
