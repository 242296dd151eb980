import { Injectable } from '@nestjs/common';
import type {
  OrganizationResponse,
  SessionOrganization,
  SessionUser,
  UpdateOrganizationBody,
  UpdateSecurityBody,
} from '@voxreach/contracts';
import type { Organization, User } from '../../generated/prisma/client';
import type { UserCaller } from '../access/caller';
import { AuditService, changed } from '../audit/audit.service';
import { AppError, notFound } from '../common/app-error';
import { lockOrganization } from '../prisma/lock-organization';
import { PrismaService } from '../prisma/prisma.service';

interface MembershipKey {
  userId: string;
  organizationId: string;
}

/** The password is kept as it is sealed for this id. */
export type NewUser = Pick<User, 'id' | 'email' | 'name' | 'passwordHash'>;

/** Organisations, and to which of them a person belongs. */
@Injectable()
export class OrganizationsService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly audit: AuditService,
  ) {}

  /** An organisation with its first user, both or neither. */
  async createWithOwner(name: string, owner: NewUser): Promise<MembershipKey> {
    return this.prisma.$transaction(async (tx) => {
      const { userId, organizationId } = await tx.membership.create({
        data: { role: 'owner', organization: { create: { name } }, user: { create: owner } },
      });
      await this.audit.record(tx, organizationId, {
        action: 'organization.create',
        actor: { type: 'user', id: userId, name: owner.name },
        target: { type: 'organization', id: organizationId, name },
      });
      return { userId, organizationId };
    });
  }

  /** An organisation that somebody else makes for its owner. Who has an account with this address keeps it as it is. */
  async createFor(name: string, owner: NewUser): Promise<MembershipKey & { isNewUser: boolean }> {
    return this.prisma.$transaction(async (tx) => {
      const known = await tx.user.findFirst({ where: { email: owner.email }, select: { id: true } });
      const { id: userId } = known ?? (await tx.user.create({ data: owner, select: { id: true } }));
      const { organizationId } = await tx.membership.create({
        data: { role: 'owner', organization: { create: { name } }, user: { connect: { id: userId } } },
      });
      await this.audit.record(tx, organizationId, {
        action: 'organization.create',
        target: { type: 'organization', id: organizationId, name },
        after: { owner: owner.email },
      });
      return { userId, organizationId, isNewUser: known === null };
    });
  }

  async get(organizationId: string): Promise<OrganizationResponse> {
    return toResponse(await this.prisma.organization.findFirstOrThrow({ where: { id: organizationId } }));
  }

  async update(organizationId: string, { name }: UpdateOrganizationBody): Promise<OrganizationResponse> {
    return this.prisma.$transaction(async (tx) => {
      const [before] = await tx.$queryRaw<{ name: string }[]>`
        SELECT name FROM organizations WHERE id = ${organizationId}::uuid FOR UPDATE`;
      const row = await tx.organization.update({ where: { id: organizationId }, data: { name } });
      await this.audit.record(tx, organizationId, {
        action: 'organization.update',
        target: { type: 'organization', id: organizationId, name },
        ...changed({ name: before?.name ?? null }, { name }),
      });
      return toResponse(row);
    });
  }

  /** @throws AppError CONFLICT when a second factor would be required by somebody who has none */
  async updateSecurity(
    { id: userId, organizationId }: UserCaller,
    { requiresSecondFactor }: UpdateSecurityBody,
  ): Promise<OrganizationResponse> {
    return this.prisma.$transaction(async (tx) => {
      await lockOrganization(tx, organizationId);
      const before = await tx.organization.findFirstOrThrow({ where: { id: organizationId } });
      if (before.requiresSecondFactor === requiresSecondFactor) return toResponse(before);
      if (requiresSecondFactor && (await tx.user.count({ where: { id: userId, totpSince: null } })) > 0)
        throw new AppError('CONFLICT', 'Set up your own second factor first: this would shut you out.');
      const row = await tx.organization.update({
        where: { id: organizationId },
        data: { requiresSecondFactor },
      });
      await this.audit.record(tx, organizationId, {
        action: 'organization.security',
        target: { type: 'organization', id: organizationId, name: row.name },
        ...changed({ requiresSecondFactor: before.requiresSecondFactor }, { requiresSecondFactor }),
      });
      return toResponse(row);
    });
  }

  /** The organisation a person signs in to: the one joined first. */
  async firstOf(userId: string): Promise<MembershipKey | undefined> {
    const membership = await this.prisma.membership.findFirst({
      where: { userId },
      orderBy: [{ createdAt: 'asc' }, { organizationId: 'asc' }],
      select: { userId: true, organizationId: true },
    });
    return membership ?? undefined;
  }

  /** @throws AppError NOT_FOUND */
  async refuseUnlessMember(key: MembershipKey): Promise<void> {
    if ((await this.prisma.membership.count({ where: key })) === 0) throw notFound('organisation');
  }

  /** A person with all organisations they belong to, the one joined first in front. */
  async membershipsOf(userId: string): Promise<{
    user: SessionUser;
    organizations: SessionOrganization[];
    hasSecondFactor: boolean;
  }> {
    const { id, name, email, totpSince, memberships } = await this.prisma.user.findFirstOrThrow({
      where: { id: userId },
      select: {
        id: true,
        name: true,
        email: true,
        totpSince: true,
        memberships: {
          orderBy: [{ createdAt: 'asc' }, { organizationId: 'asc' }],
          select: { role: true, organization: { select: { id: true, name: true } } },
        },
      },
    });
    return {
      user: { id, name, email },
      organizations: memberships.map(({ role, organization }) => ({ ...organization, role })),
      hasSecondFactor: totpSince !== null,
    };
  }
}

const toResponse = ({ id, name, requiresSecondFactor, createdAt }: Organization): OrganizationResponse => ({
  id,
  name,
  requiresSecondFactor,
  createdAt: createdAt.toISOString(),
});
