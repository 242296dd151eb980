import { Injectable } from '@nestjs/common';
import type {
  AccountDataResponse,
  ChangePasswordBody,
  SessionUser,
  UpdateProfileBody,
} from '@voxreach/contracts';
import type { UserCaller } from '../access/caller';
import { AuditService, changed } from '../audit/audit.service';
import { AppError } from '../common/app-error';
import { validationFailed } from '../common/dto.pipe';
import { currentOrigin } from '../common/origin';
import { PrismaService } from '../prisma/prisma.service';
import { refuseWeakPassword } from './password-policy';
import { hashPassword, Passwords } from './passwords';
import { notifyOwner, SecurityNoticesService } from './security-notices.service';
import { SessionsService } from './sessions.service';
import { SignInLimiter } from './sign-in-limiter';

/** What people change about themselves. */
@Injectable()
export class AccountService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly sessions: SessionsService,
    private readonly notices: SecurityNoticesService,
    private readonly passwords: Passwords,
    private readonly limiter: SignInLimiter,
    private readonly audit: AuditService,
  ) {}

  async read(caller: UserCaller): Promise<AccountDataResponse> {
    const { memberships, createdAt, totpSince, ...user } = await this.prisma.user.findFirstOrThrow({
      where: { id: caller.id },
      select: {
        id: true,
        name: true,
        email: true,
        createdAt: true,
        totpSince: true,
        memberships: {
          orderBy: [{ createdAt: 'asc' }, { organizationId: 'asc' }],
          select: { role: true, createdAt: true, organization: { select: { id: true, name: true } } },
        },
      },
    });
    return {
      user,
      createdAt: createdAt.toISOString(),
      secondFactorSince: totpSince?.toISOString() ?? null,
      memberships: memberships.map(({ organization, role, createdAt: joinedAt }) => ({
        ...organization,
        role,
        joinedAt: joinedAt.toISOString(),
      })),
      sessions: (await this.sessions.list(caller)).items,
      securityNotices: (await this.notices.list(caller.id)).items,
    };
  }

  async updateProfile(
    { id, name: before, organizationId }: UserCaller,
    { name }: UpdateProfileBody,
  ): Promise<SessionUser> {
    return this.prisma.$transaction(async (tx) => {
      const user = await tx.user.update({
        where: { id },
        data: { name },
        select: { id: true, name: true, email: true },
      });
      await this.audit.record(tx, organizationId, {
        action: 'user.update',
        target: { type: 'user', id, name },
        ...changed({ name: before }, { name }),
      });
      return user;
    });
  }

  /** Everywhere else the person is signed out. @throws AppError VALIDATION_FAILED, RATE_LIMITED */
  async changePassword(
    caller: UserCaller,
    { currentPassword, newPassword }: ChangePasswordBody,
  ): Promise<void> {
    const user = await this.prisma.user.findFirstOrThrow({ where: { id: caller.id } });
    const address = currentOrigin().address ?? '';
    await this.limiter.begin(user.email, address);
    if (!(await this.passwords.isOf(user, currentPassword))) {
      await this.audit.refused(caller.organizationId, {
        action: 'user.password',
        reason: 'The current password was wrong.',
      });
      throw validationFailed([{ path: 'currentPassword', message: 'This is not your current password.' }]);
    }
    await this.limiter.proven(user, 'password', address);
    await refuseWeakPassword(newPassword, user.email, 'newPassword');
    const passwordHash = this.passwords.sealed(user.id, await hashPassword(newPassword));
    await this.prisma.$transaction(async (tx) => {
      const { count } = await tx.user.updateMany({
        // Changed elsewhere meanwhile: the one who came first stands.
        where: { id: caller.id, passwordHash: user.passwordHash },
        data: { passwordHash, updatedAt: new Date() },
      });
      if (count === 0)
        throw new AppError('CONFLICT', 'The password was changed elsewhere at this moment. Sign in again.');
      const endedSessions = await this.sessions.endOthers(caller, tx);
      await notifyOwner(tx, caller.id, 'password_changed');
      await this.audit.record(tx, caller.organizationId, {
        action: 'user.password',
        after: { endedSessions },
      });
    });
  }

  async endOtherSessions(caller: UserCaller): Promise<void> {
    await this.prisma.$transaction(async (tx) => {
      const endedSessions = await this.sessions.endOthers(caller, tx);
      if (endedSessions > 0)
        await this.audit.record(tx, caller.organizationId, {
          action: 'session.end',
          after: { endedSessions },
        });
    });
  }
}
