import { createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';

/** What one secret gives: a key of its own for each purpose, so that none tells anything of another. */
export interface Keys {
  /** 16 hexadecimal digits that name the secret and tell nothing of it. */
  readonly id: string;
  /** Signs access tokens, with HMAC. */
  readonly accessTokens: KeyObject;
  /** For hashes of things that must not be kept themselves. */
  readonly keyedHashes: KeyObject;
  /** Seals the secrets of authenticator apps. */
  readonly secondFactors: KeyObject;
  /** Seals the hashes of passwords. */
  readonly passwordHashes: KeyObject;
}

/**
 * The keys of JWT_SECRET, with which everything new is made, and those of JWT_SECRET_PREVIOUS, if it is set: what was made with them is
 * still good. Frozen; keys show no bytes to whoever prints them.
 */
export class KeyRing {
  readonly present: Keys;
  readonly previous: Keys | undefined;

  constructor(secret: string, previousSecret?: string) {
    this.present = keysOf(secret);
    this.previous = previousSecret === undefined ? undefined : keysOf(previousSecret);
    Object.freeze(this);
  }

  /** The present ones in front. */
  get all(): readonly Keys[] {
    return this.previous === undefined ? [this.present] : [this.present, this.previous];
  }

  /** Undefined for a secret that is neither of both. */
  withId(id: string): Keys | undefined {
    return this.all.find((keys) => keys.id === id);
  }
}

function keysOf(secret: string): Keys {
  const derived = (purpose: string) => Buffer.from(hkdfSync('sha256', secret, '', purpose, 32));
  return Object.freeze({
    id: derived('voxreach key id').toString('hex', 0, 8),
    accessTokens: createSecretKey(secret, 'utf8'),
    keyedHashes: createSecretKey(derived('voxreach keyed hashes')),
    secondFactors: createSecretKey(derived('voxreach second factors')),
    passwordHashes: createSecretKey(derived('voxreach password hashes')),
  });
}
