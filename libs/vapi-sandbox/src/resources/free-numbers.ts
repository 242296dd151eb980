import { VapiRefusal } from '../vapi-refusal';
import type { Store } from '../store/store';

const DEFAULT_AREA_CODE = '628';
const AREA_CODE = /^[2-9]\d\d$/;

/** Assigns a US number, in the wanted area where it can, from the block that is reserved for fiction (555-01xx). */
export function assignFreeNumber(store: Store, wantedArea: unknown): string {
  const taken = new Set(store.phoneNumbers.all().map(({ number }) => number));
  const area = AREA_CODE.test(String(wantedArea)) ? String(wantedArea) : DEFAULT_AREA_CODE;
  for (let line = 100; line < 200; line++) {
    const number = `+1${area}5550${line}`;
    if (!taken.has(number)) return number;
  }
  throw new VapiRefusal(400, `No Number Is Available In Area Code ${area}.`);
}

/** The account's allowance, which all who share the account use up together. */
export function refuseBeyondLimit(store: Store, limit: number): void {
  const held = store.phoneNumbers.all().filter(({ provider }) => provider === 'vapi').length;
  if (held < limit) return;
  throw new VapiRefusal(
    400,
    `You Have Reached The Limit Of ${limit} Free Vapi Phone Numbers. Please Add A Payment Method Or Import Your Own Number.`,
  );
}
