import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Prisma } from '../../generated/prisma/client';
import { AppError } from '../common/app-error';
import { PrismaService } from '../prisma/prisma.service';

/** How long one stays signed in without using the dashboard, in milliseconds. */
export const REFRESH_TOKEN_LIFETIME_MS = 30 * 24 * 60 * 60 * 1_000;

interface TokenOwner {
  userId: string;
  organizationId: string;
}

const hashOf = (token: string): Buffer<ArrayBuffer> =>
  Buffer.from(createHash('sha256').update(token).digest());

const expired = () => new AppError('UNAUTHENTICATED', 'Your session has expired. Sign in again.');

/** Refresh tokens: random, kept as hashes, each good for one use. */
@Injectable()
export class RefreshTokensService {
  constructor(private readonly prisma: PrismaService) {}

  /** A new chain of tokens, at sign-in. */
  issue(owner: TokenOwner): Promise<string> {
    return this.create(owner, randomUUID());
  }

  /**
   * Spends a token for its successor. A spent token that comes back was stolen, or its successor was: the whole
   * chain ends.
   * @throws AppError UNAUTHENTICATED
   */
  async rotate(token: string): Promise<{ token: string; owner: TokenOwner }> {
    const tokenHash = hashOf(token);
    const next = await this.prisma.$transaction(async (tx) => {
      // One after the other: two uses of one token must not both find it unspent.
      await tx.$queryRaw`SELECT id FROM refresh_tokens WHERE token_hash = ${tokenHash} FOR UPDATE`;
      const known = await tx.refreshToken.findUnique({ where: { tokenHash } });
      if (known === null) return undefined;
      if (known.spentAt !== null || known.expiresAt < new Date()) {
        await tx.refreshToken.deleteMany({ where: { familyId: known.familyId } });
        return undefined;
      }
      await tx.refreshToken.update({ where: { tokenHash }, data: { spentAt: new Date() } });
      const owner = { userId: known.userId, organizationId: known.organizationId };
      return { token: await this.create(owner, known.familyId, tx), owner };
    });
    if (next === undefined) throw expired();
    return next;
  }

  /** Forgets tokens that nobody can use any more. */
  async forgetExpired(): Promise<void> {
    await this.prisma.refreshToken.deleteMany({ where: { expiresAt: { lt: new Date() } } });
  }

  /** Ends the chain that this token belongs to; an unknown token ends nothing. */
  async revoke(token: string): Promise<void> {
    const known = await this.prisma.refreshToken.findUnique({ where: { tokenHash: hashOf(token) } });
    if (known !== null) await this.prisma.refreshToken.deleteMany({ where: { familyId: known.familyId } });
  }

  private async create(
    { userId, organizationId }: TokenOwner,
    familyId: string,
    tx: Prisma.TransactionClient = this.prisma,
  ): Promise<string> {
    const token = randomBytes(32).toString('base64url');
    const expiresAt = new Date(Date.now() + REFRESH_TOKEN_LIFETIME_MS);
    await tx.refreshToken.create({
      data: { familyId, userId, organizationId, tokenHash: hashOf(token), expiresAt },
    });
    return token;
  }
}
