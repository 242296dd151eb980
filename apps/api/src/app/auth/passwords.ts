import { randomBytes, randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { hash, verify } from '@node-rs/argon2';
import type { User } from '../../generated/prisma/client';
import { SealingService } from './sealing.service';

/** OWASP's choice for Argon2id: 19 MiB, two passes, one lane. */
const OPTIONS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Whose password it may be. */
type Known = Pick<User, 'id' | 'passwordHash'>;

interface Nobody extends Known {
  /** What `passwordHash` opens to. */
  hash: string;
}

/** The Argon2id hash as text, with a salt of its own. It is not kept like this: see `Passwords.sealed`. */
export const hashPassword = (password: string): Promise<string> => hash(password, OPTIONS);

/**
 * Passwords as they are kept: the hash is sealed, so that whoever has the database alone cannot even begin to guess. The key can be
 * replaced without anybody's password, unlike one that goes into the hash.
 */
@Injectable()
export class Passwords {
  /** Checked for people who do not exist, so that they take as long as those who do. */
  private nobody: Promise<Nobody> | undefined;

  constructor(private readonly sealing: SealingService) {}

  /** What is kept of a password of this person, for the column `password_hash`. */
  sealed(userId: string, passwordHash: string): Uint8Array<ArrayBuffer> {
    return this.sealing.seal('passwordHashes', userId, Buffer.from(passwordHash));
  }

  /** Takes the same time for nobody. A hash that cannot be opened is no password's. */
  async isOf(user: Known | null, password: string): Promise<boolean> {
    this.nobody ??= this.makeNobody();
    const nobody = await this.nobody;
    const { id, passwordHash } = user ?? nobody;
    const opened = this.sealing.open('passwordHashes', id, passwordHash);
    const matches = await verify(opened?.toString() ?? nobody.hash, password);
    return user !== null && opened !== undefined && matches;
  }

  private async makeNobody(): Promise<Nobody> {
    const id = randomUUID();
    const passwordHash = await hashPassword(randomBytes(16).toString('hex'));
    return { id, passwordHash: this.sealed(id, passwordHash), hash: passwordHash };
  }
}
