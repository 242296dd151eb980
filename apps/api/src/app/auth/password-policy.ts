import { validationFailed } from '../common/dto.pipe';

let common: Promise<ReadonlySet<string>> | undefined;

/** Loaded with the first password that is chosen, and then kept. */
async function commonPasswords(): Promise<ReadonlySet<string>> {
  const { dictionary } = await import('@zxcvbn-ts/language-common');
  return new Set(dictionary['passwords-common']);
}

/**
 * Refuses passwords that stand in the lists of stolen ones, also with digits or signs at the end, and those made of the person's own address.
 * @throws AppError VALIDATION_FAILED at `path`
 */
export async function refuseWeakPassword(password: string, email: string, path: string): Promise<void> {
  common ??= commonPasswords();
  const plain = password.toLowerCase();
  const known = await common;
  // A stolen one does not become a good one with a year and an exclamation mark.
  const isCommon = known.has(plain) || known.has(plain.replace(/[^a-z]+$/, ''));
  const isAddress = plain === email.toLowerCase() || plain === email.toLowerCase().split('@', 1)[0];
  if (!isCommon && !isAddress && new Set(plain).size > 2) return;
  throw validationFailed([
    {
      path,
      message:
        'This password is known from stolen lists or easily guessed. Choose another one; three unusual words do well.',
    },
  ]);
}
