import { Injectable } from '@nestjs/common';
import {
  isAllowed,
  type MemberList,
  type MemberResponse,
  type Permission,
  type Role,
} from '@voxreach/contracts';
import type { Prisma } from '../../generated/prisma/client';
import type { UserCaller } from '../access/caller';
import { AuditService, changed } from '../audit/audit.service';
import { AppError, notFound } from '../common/app-error';
import { PrismaService } from '../prisma/prisma.service';

/** People that one organisation can have. */
const MOST_MEMBERS = 1_000;

const SELECT = {
  userId: true,
  role: true,
  createdAt: true,
  user: { select: { name: true, email: true, totpSince: true } },
} as const;

interface MemberRow {
  userId: string;
  role: Role;
  createdAt: Date;
  user: { name: string; email: string; totpSince: Date | null };
}

/** Who belongs to an organisation. What changes here counts at once: every request looks the role up. */
@Injectable()
export class MembersService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly audit: AuditService,
  ) {}

  async list(organizationId: string): Promise<MemberList> {
    const rows = await this.prisma.membership.findMany({
      where: { organizationId },
      orderBy: [{ createdAt: 'asc' }, { userId: 'asc' }],
      take: MOST_MEMBERS,
      select: SELECT,
    });
    return { items: rows.map(toResponse) };
  }

  /** @throws AppError NOT_FOUND, FORBIDDEN for what only owners may, CONFLICT for the last owner */
  async changeRole(caller: UserCaller, userId: string, role: Role): Promise<MemberResponse> {
    const { organizationId } = caller;
    return this.prisma.$transaction(async (tx) => {
      const before = await this.lock(tx, organizationId, userId);
      refuseUnlessOwner(caller, [before.role, role]);
      if (role !== 'owner') await this.refuseLastOwner(tx, organizationId, before);
      if (role === before.role) return toResponse(before);
      await tx.membership.updateMany({ where: { organizationId, userId }, data: { role } });
      await this.audit.record(tx, organizationId, {
        action: 'member.update',
        target: targetOf(before),
        ...changed({ role: before.role }, { role }),
      });
      await this.takeBackInvitations(tx, organizationId, userId, role);
      return toResponse({ ...before, role });
    });
  }

  /** Removes a member; everybody may leave. @throws AppError as for a change of role */
  async remove(caller: UserCaller, userId: string): Promise<void> {
    const { organizationId } = caller;
    await this.prisma.$transaction(async (tx) => {
      const before = await this.lock(tx, organizationId, userId);
      if (userId !== caller.id) {
        if (!isAllowed(caller.role, 'members:write')) throw notAllowed();
        refuseUnlessOwner(caller, [before.role]);
      }
      await this.refuseLastOwner(tx, organizationId, before);
      await tx.membership.deleteMany({ where: { organizationId, userId } });
      await this.audit.record(tx, organizationId, {
        action: 'member.remove',
        target: targetOf(before),
        before: { role: before.role },
      });
      await this.takeBackInvitations(tx, organizationId, userId, undefined);
    });
  }

  /** Nobody's invitations outlast the right to make them: they would be a way back in. */
  private async takeBackInvitations(
    tx: Prisma.TransactionClient,
    organizationId: string,
    invitedById: string,
    role: Role | undefined,
  ): Promise<void> {
    const mayStill = (permission: Permission) => role !== undefined && isAllowed(role, permission);
    if (mayStill('owners:write')) return;
    const where = {
      organizationId,
      invitedById,
      ...(mayStill('members:write') ? { role: 'owner' as const } : {}),
    };
    const rows = await tx.invitation.findMany({ where, select: { id: true, email: true, role: true } });
    await tx.invitation.deleteMany({ where: { organizationId, id: { in: rows.map(({ id }) => id) } } });
    for (const { id, email, role: invitedAs } of rows) {
      await this.audit.record(tx, organizationId, {
        action: 'invitation.revoke',
        target: { type: 'invitation', id, name: email },
        before: { role: invitedAs },
      });
    }
  }

  /** Locks all owners as well, in one order: two of them must not leave at the same moment. @throws AppError NOT_FOUND */
  private async lock(
    tx: Prisma.TransactionClient,
    organizationId: string,
    userId: string,
  ): Promise<MemberRow> {
    await tx.$queryRaw`
      SELECT 1 FROM memberships
      WHERE organization_id = ${organizationId}::uuid AND (role = 'owner' OR user_id = ${userId}::uuid)
      ORDER BY user_id FOR UPDATE`;
    const row = await tx.membership.findFirst({ where: { organizationId, userId }, select: SELECT });
    if (row === null) throw notFound('member');
    return row;
  }

  private async refuseLastOwner(
    tx: Prisma.TransactionClient,
    organizationId: string,
    { role }: MemberRow,
  ): Promise<void> {
    if (role !== 'owner') return;
    if ((await tx.membership.count({ where: { organizationId, role } })) > 1) return;
    throw new AppError('CONFLICT', 'This is the only owner. Make somebody else an owner first.');
  }
}

function refuseUnlessOwner({ role }: UserCaller, roles: readonly Role[]): void {
  if (roles.includes('owner') && !isAllowed(role, 'owners:write'))
    throw new AppError('FORBIDDEN', 'Only an owner can make, change or remove owners.');
}

const notAllowed = () =>
  new AppError(
    'FORBIDDEN',
    'Your role does not allow removing members. Ask an owner or admin of your organisation.',
  );

const targetOf = ({ userId, user }: MemberRow) => ({ type: 'user', id: userId, name: user.name });

const toResponse = ({ userId, role, createdAt, user }: MemberRow): MemberResponse => ({
  userId,
  name: user.name,
  email: user.email,
  role,
  hasSecondFactor: user.totpSince !== null,
  joinedAt: createdAt.toISOString(),
});
