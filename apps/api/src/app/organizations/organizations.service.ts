import { Injectable } from '@nestjs/common';
import type { SessionOrganization, SessionUser } from '@voxreach/contracts';
import { AppError } from '../common/app-error';
import { PrismaService } from '../prisma/prisma.service';

interface MembershipKey {
  userId: string;
  organizationId: string;
}

/** Organisations and who belongs to them. */
@Injectable()
export class OrganizationsService {
  constructor(private readonly prisma: PrismaService) {}

  /** An organisation with its first user, both or neither. */
  async createWithOwner(
    name: string,
    owner: { email: string; name: string; passwordHash: string },
  ): Promise<MembershipKey> {
    const { userId, organizationId } = await this.prisma.membership.create({
      data: { role: 'owner', organization: { create: { name } }, user: { create: owner } },
    });
    return { userId, organizationId };
  }

  /** The organisation a person signs in to: the one joined first. */
  async firstOf(userId: string): Promise<MembershipKey | undefined> {
    const membership = await this.prisma.membership.findFirst({
      where: { userId },
      orderBy: { createdAt: 'asc' },
      select: { userId: true, organizationId: true },
    });
    return membership ?? undefined;
  }

  /** @throws AppError UNAUTHENTICATED when there is no such membership any more */
  async membership(key: MembershipKey): Promise<{ user: SessionUser; organization: SessionOrganization }> {
    const found = await this.prisma.membership.findUnique({
      where: { organizationId_userId: key },
      select: {
        role: true,
        user: { select: { id: true, name: true, email: true } },
        organization: { select: { id: true, name: true } },
      },
    });
    if (found === null)
      throw new AppError('UNAUTHENTICATED', 'You no longer belong to this organisation. Sign in again.');
    return { user: found.user, organization: { ...found.organization, role: found.role } };
  }
}
