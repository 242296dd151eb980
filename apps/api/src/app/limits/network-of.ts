import { isIPv6 } from 'node:net';

/**
 * What is counted as one address: an IPv4 address, or the first half of an IPv6 address. A single line has a whole half to choose from, so
 * that each of its addresses would count anew.
 */
export function networkOf(address: string): string {
  const plain = address.replace(/%.*$/, '');
  if (!isIPv6(plain)) return address;
  const [ipv4] = /\d+\.\d+\.\d+\.\d+$/.exec(plain) ?? [];
  if (ipv4 !== undefined) return ipv4;
  const [front = '', back = ''] = plain.toLowerCase().split('::', 2);
  const groups = (text: string) => text.split(':').filter((group) => group !== '');
  const [before, after] = [groups(front), groups(back)];
  const left = plain.includes('::') ? Array<string>(8 - before.length - after.length).fill('0') : [];
  const first = [...before, ...left, ...after].slice(0, 4).map((group) => parseInt(group, 16).toString(16));
  return `${first.join(':')}::/64`;
}
