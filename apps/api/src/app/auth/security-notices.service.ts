import { Injectable } from '@nestjs/common';
import type { SecurityNoticeKind, SecurityNoticeList } from '@voxreach/contracts';
import type { Prisma } from '../../generated/prisma/client';
import { currentOrigin } from '../common/origin';
import { networkOf } from '../limits/network-of';
import { PrismaService } from '../prisma/prisma.service';

/** How long a notice is kept, and how long a network counts as known after somebody signed in from it, in milliseconds. */
const LIFETIME_MS = 90 * 24 * 60 * 60 * 1_000;

const MOST_LISTED = 100;

/** Browsers may call themselves anything. */
const LONGEST_USER_AGENT = 300;

/** Tells the owner of an account what happened to it, in the transaction in which it happens. */
export async function notifyOwner(
  tx: Prisma.TransactionClient,
  userId: string,
  kind: SecurityNoticeKind,
  more: { seenAt?: Date | null; network?: string } = {},
): Promise<void> {
  const { address, userAgent } = currentOrigin();
  await tx.securityNotice.createMany({
    data: [{ userId, kind, address, userAgent: userAgent?.slice(0, LONGEST_USER_AGENT) ?? null, ...more }],
  });
}

/** Tells of a sign-in from an address that is not known. The first one of a new account is no news, but makes its address known. */
export async function notifyOfNewAddress(tx: Prisma.TransactionClient, userId: string): Promise<void> {
  const { address } = currentOrigin();
  if (address === null) return;
  const network = networkOf(address);
  const { count } = await tx.securityNotice.updateMany({
    where: { userId, network },
    data: { lastSeenAt: new Date() },
  });
  if (count > 0) return;
  const isNewAccount = await tx.user.findFirst({
    where: { id: userId, createdAt: { gt: longAgo() }, securityNotices: { none: {} } },
    select: { id: true },
  });
  const seenAt = isNewAccount === null ? null : new Date();
  await notifyOwner(tx, userId, 'new_address', { seenAt, network });
}

/** What people read of their own accounts. */
@Injectable()
export class SecurityNoticesService {
  constructor(private readonly prisma: PrismaService) {}

  async list(userId: string): Promise<SecurityNoticeList> {
    const rows = await this.prisma.securityNotice.findMany({
      where: { userId, createdAt: { gt: longAgo() } },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take: MOST_LISTED,
    });
    return {
      items: rows.map(({ id, kind, address, userAgent, seenAt, createdAt }) => ({
        id,
        kind: kind as SecurityNoticeKind,
        address,
        userAgent,
        isNew: seenAt === null,
        createdAt: createdAt.toISOString(),
      })),
    };
  }

  countNew(userId: string): Promise<number> {
    return this.prisma.securityNotice.count({ where: { userId, seenAt: null } });
  }

  async markSeen(userId: string, until: Date): Promise<void> {
    await this.prisma.securityNotice.updateMany({
      where: { userId, seenAt: null, createdAt: { lte: until } },
      data: { seenAt: new Date() },
    });
  }

  async forgetOld(): Promise<void> {
    await this.prisma.securityNotice.deleteMany({ where: { lastSeenAt: { lt: longAgo() } } });
  }
}

const longAgo = () => new Date(Date.now() - LIFETIME_MS);
