import { createCipheriv, createDecipheriv, type KeyObject, randomBytes } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { AppConfig } from '../config/app-config';
import type { Keys } from '../config/key-ring';

/** What is kept sealed. Each has a key of its own. */
export type SealedPurpose = keyof Pick<Keys, 'secondFactors' | 'passwordHashes'>;

/** What sealing anew makes of a sealed value. */
export type Renewal =
  | { readonly outcome: 'current' }
  | { readonly outcome: 'renewed'; readonly sealed: Uint8Array<ArrayBuffer> }
  | { readonly outcome: 'unreadable' };

interface Opened {
  readonly content: Buffer;
  /** With the present key; no other way counts. */
  readonly isCurrent: boolean;
}

const CIPHER = 'aes-256-gcm';

/** Says how a value is sealed, so that another way can come beside it later. */
const VERSION = 2;

/** Second factors were sealed so at first: not bound to anybody. */
const UNBOUND_VERSION = 1;

const NONCE_BYTES = 12;

const TAG_BYTES = 16;

/** Version, nonce, tag; the text follows. */
const HEADER_BYTES = 1 + NONCE_BYTES + TAG_BYTES;

/**
 * Keeps what the database must not know: encrypted with a key that it does not have, and bound to the person, so that a value that was
 * copied into somebody else's row does not open.
 */
@Injectable()
export class SealingService {
  private readonly logger = new Logger(SealingService.name);

  constructor(private readonly config: AppConfig) {}

  /** With the present key. 29 bytes longer than `content`. */
  seal(purpose: SealedPurpose, userId: string, content: Uint8Array): Uint8Array<ArrayBuffer> {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(CIPHER, this.config.keys.present[purpose], nonce, {
      authTagLength: TAG_BYTES,
    });
    cipher.setAAD(boundTo(purpose, userId));
    const text = Buffer.concat([cipher.update(content), cipher.final()]);
    return Buffer.concat([Buffer.from([VERSION]), nonce, cipher.getAuthTag(), text]);
  }

  /** Undefined when it was changed, is another row's, or was sealed with a secret that is gone; then the log has an error. */
  open(purpose: SealedPurpose, userId: string, sealed: Uint8Array): Buffer | undefined {
    const opened = this.opened(purpose, userId, sealed);
    if (opened === undefined)
      this.logger.error(
        { userId, purpose },
        'What is sealed for this person cannot be opened: neither JWT_SECRET nor JWT_SECRET_PREVIOUS is the secret it was sealed with',
      );
    return opened?.content;
  }

  /** The same content sealed with the present key, if it is not. */
  renew(purpose: SealedPurpose, userId: string, sealed: Uint8Array): Renewal {
    const opened = this.opened(purpose, userId, sealed);
    if (opened === undefined) return { outcome: 'unreadable' };
    if (opened.isCurrent) return { outcome: 'current' };
    return { outcome: 'renewed', sealed: this.seal(purpose, userId, opened.content) };
  }

  private opened(purpose: SealedPurpose, userId: string, sealed: Uint8Array): Opened | undefined {
    // A hash of before hashes were sealed, as the migration has left it.
    if (purpose === 'passwordHashes' && sealed[0] === '$'.charCodeAt(0))
      return { content: Buffer.from(sealed), isCurrent: false };
    const isUnbound = purpose === 'secondFactors' && sealed[0] === UNBOUND_VERSION;
    if (!isUnbound && sealed[0] !== VERSION) return undefined;
    const { present, all } = this.config.keys;
    for (const keys of all) {
      const content = unsealed(keys[purpose], isUnbound ? undefined : boundTo(purpose, userId), sealed);
      if (content !== undefined) return { content, isCurrent: keys === present && !isUnbound };
    }
    return undefined;
  }
}

const boundTo = (purpose: SealedPurpose, userId: string): Buffer => Buffer.from(`${purpose} ${userId}`);

function unsealed(key: KeyObject, binding: Buffer | undefined, sealed: Uint8Array): Buffer | undefined {
  if (sealed.length < HEADER_BYTES) return undefined;
  const nonce = sealed.subarray(1, 1 + NONCE_BYTES);
  const decipher = createDecipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES });
  if (binding !== undefined) decipher.setAAD(binding);
  decipher.setAuthTag(sealed.subarray(1 + NONCE_BYTES, HEADER_BYTES));
  const text = decipher.update(sealed.subarray(HEADER_BYTES));
  try {
    return Buffer.concat([text, decipher.final()]);
  } catch {
    return undefined;
  }
}
