import { Injectable } from '@nestjs/common';
import type { InvitationPreviewResponse, Role } from '@voxreach/contracts';
import type { Prisma } from '../../generated/prisma/client';
import { AuditService } from '../audit/audit.service';
import { AppError } from '../common/app-error';
import { hashOfToken } from '../common/random-token';
import { QuotasService } from '../limits/quotas.service';
import { isUniqueViolation } from '../prisma/prisma-errors';
import { PrismaService } from '../prisma/prisma.service';
import type { NewUser } from './organizations.service';

interface MembershipKey {
  userId: string;
  organizationId: string;
}

interface OpenInvitation {
  id: string;
  organizationId: string;
  email: string;
  role: Role;
}

/** Joining an organisation by invitation. Runs with sight of accounts, since the person belongs to no organisation yet. */
@Injectable()
export class InvitationAcceptanceService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly audit: AuditService,
    private readonly quotas: QuotasService,
  ) {}

  /** @throws AppError NOT_FOUND for an invitation that was used, taken back or has expired */
  async preview(token: string): Promise<InvitationPreviewResponse> {
    const found = await this.prisma.invitation.findFirst({
      where: { tokenHash: hashOfToken(token), expiresAt: { gt: new Date() } },
      select: { email: true, role: true, organization: { select: { name: true } } },
    });
    if (found === null) throw gone();
    const { email, role, organization } = found;
    const hasAccount = (await this.prisma.user.count({ where: { email } })) > 0;
    return { organizationName: organization.name, email, role, hasAccount };
  }

  /** Somebody who has proved to be the owner of the invited address joins. @throws AppError NOT_FOUND, CONFLICT */
  acceptAs(token: string, userId: string): Promise<MembershipKey> {
    return this.prisma.$transaction(async (tx) => {
      const user = await tx.user.findFirstOrThrow({
        where: { id: userId },
        select: { id: true, name: true },
      });
      await this.quotas.refuseOneMoreOrganization(tx, userId);
      return this.join(tx, await this.take(tx, token), user);
    });
  }

  /** Somebody new joins, with an account that is made in the same moment. @throws AppError NOT_FOUND, CONFLICT */
  async acceptAsNew(token: string, user: NewUser): Promise<MembershipKey> {
    try {
      return await this.prisma.$transaction(async (tx) => {
        const invitation = await this.take(tx, token);
        const made = await tx.user.create({ data: user, select: { id: true, name: true } });
        return this.join(tx, invitation, made);
      });
    } catch (error) {
      throw isUniqueViolation(error)
        ? new AppError('CONFLICT', 'This address has got an account meanwhile. Open the link once more.')
        : error;
    }
  }

  /** Deletes the invitation: of two at the same moment, one has it. */
  private async take(tx: Prisma.TransactionClient, token: string): Promise<OpenInvitation> {
    const [invitation] = await tx.$queryRaw<OpenInvitation[]>`
      DELETE FROM invitations WHERE token_hash = ${hashOfToken(token)} AND expires_at > now()
      RETURNING id, organization_id AS "organizationId", email, role::text AS role`;
    if (invitation === undefined) throw gone();
    return invitation;
  }

  private async join(
    tx: Prisma.TransactionClient,
    { organizationId, role }: OpenInvitation,
    { id: userId, name }: { id: string; name: string },
  ): Promise<MembershipKey> {
    // Who has joined meanwhile keeps the role.
    const { count } = await tx.membership.createMany({
      data: [{ organizationId, userId, role }],
      skipDuplicates: true,
    });
    if (count > 0) {
      await this.audit.record(tx, organizationId, {
        action: 'member.join',
        actor: { type: 'user', id: userId, name },
        target: { type: 'user', id: userId, name },
        after: { role },
      });
    }
    return { userId, organizationId };
  }
}

const gone = () =>
  new AppError(
    'NOT_FOUND',
    'This invitation has been used or withdrawn, or has expired. Ask the person who invited you for a new one.',
  );
