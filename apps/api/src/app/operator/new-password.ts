import { randomBytes } from 'node:crypto';
import { hashPassword } from '../auth/passwords';
import type { Operator } from './operator';

/** A password that nobody has chosen. The text is for the terminal, once, and for nothing else. */
export interface NewPassword {
  text: string;
  /** Not sealed yet: for whom is known later. */
  hash: string;
}

/** 96 random bits, in groups that can be typed. @throws OperatorError when the servers could not open what is sealed here */
export async function newPassword(operator: Operator): Promise<NewPassword> {
  await operator.refuseForeignSecret();
  const text = (randomBytes(12).toString('hex').match(/.{4}/g) ?? []).join('-');
  return { text, hash: await hashPassword(text) };
}
