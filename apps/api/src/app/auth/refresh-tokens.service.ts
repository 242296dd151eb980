import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
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
    const { count } = await this.prisma.refreshToken.updateMany({
      where: { tokenHash, spentAt: null, expiresAt: { gt: new Date() } },
      data: { spentAt: new Date() },
    });
    const known = await this.prisma.refreshToken.findUnique({ where: { tokenHash } });
    if (known === null) throw expired();
    if (count === 0) {
      await this.prisma.refreshToken.deleteMany({ where: { familyId: known.familyId } });
      throw expired();
    }
    const { userId, organizationId, familyId } = known;
    const owner = { userId, organizationId };
    return { token: await this.create(owner, familyId), owner };
  }

  /** Ends the chain that this token belongs to; an unknown token ends nothing. */
  async revoke(token: string): Promise<void> {
    const known = await this.prisma.refreshToken.findUnique({ where: { tokenHash: hashOf(token) } });
    if (known !== null) await this.prisma.refreshToken.deleteMany({ where: { familyId: known.familyId } });
  }

  private async create({ userId, organizationId }: TokenOwner, familyId: string): Promise<string> {
    const token = randomBytes(32).toString('base64url');
    const expiresAt = new Date(Date.now() + REFRESH_TOKEN_LIFETIME_MS);
    await this.prisma.refreshToken.create({
      data: { familyId, userId, organizationId, tokenHash: hashOf(token), expiresAt },
    });
    return token;
  }
}
