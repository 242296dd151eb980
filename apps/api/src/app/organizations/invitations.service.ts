import { Injectable } from '@nestjs/common';
import {
  type InvitationList,
  type InvitationResponse,
  type InviteBody,
  isAllowed,
  type NewInvitationResponse,
  type Role,
} from '@voxreach/contracts';
import type { UserCaller } from '../access/caller';
import { AuditService } from '../audit/audit.service';
import { AppError, notFound } from '../common/app-error';
import { validationFailed } from '../common/dto.pipe';
import { hashOfToken, randomToken } from '../common/random-token';
import { AppConfig } from '../config/app-config';
import { lockOrganization } from '../prisma/lock-organization';
import { PrismaService } from '../prisma/prisma.service';

/** How long an invitation is good for, in milliseconds. */
const LIFETIME_MS = 7 * 24 * 60 * 60 * 1_000;

/** Invitations that one organisation can have open. */
const MOST_INVITATIONS = 500;

/** What is read of an invitation: never its token's hash, which the application's role cannot even see. */
const SELECT = {
  id: true,
  email: true,
  role: true,
  createdAt: true,
  expiresAt: true,
  invitedBy: { select: { name: true } },
} as const;

interface InvitationRow {
  id: string;
  email: string;
  role: Role;
  createdAt: Date;
  expiresAt: Date;
  invitedBy: { name: string } | null;
}

/** Invitations to an organisation: links that work once, and for a week. */
@Injectable()
export class InvitationsService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly audit: AuditService,
    private readonly config: AppConfig,
  ) {}

  async list(organizationId: string): Promise<InvitationList> {
    const rows = await this.prisma.invitation.findMany({
      where: { organizationId, expiresAt: { gt: new Date() } },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take: MOST_INVITATIONS,
      select: SELECT,
    });
    return { items: rows.map(toResponse) };
  }

  /**
   * Another invitation of the same address takes the place of the one before.
   * @throws AppError FORBIDDEN when an admin invites an owner or somebody whom an owner invited as such, VALIDATION_FAILED for a member,
   * CONFLICT when there are too many
   */
  async invite(caller: UserCaller, body: InviteBody): Promise<NewInvitationResponse> {
    const { organizationId, id } = caller;
    const email = body.email.toLowerCase();
    refuseUnlessOwner(caller, body.role);
    const token = randomToken();
    return this.prisma.$transaction(async (tx) => {
      await lockOrganization(tx, organizationId);
      if ((await tx.membership.count({ where: { organizationId, user: { email } } })) > 0) {
        throw validationFailed([
          { path: 'email', message: 'This person belongs to your organisation already.' },
        ]);
      }
      const open = { organizationId, email, expiresAt: { gt: new Date() } };
      const before = await tx.invitation.findFirst({ where: open, select: { role: true } });
      if (before !== null) refuseUnlessOwner(caller, before.role);
      await tx.invitation.deleteMany({ where: { organizationId, email } });
      if ((await tx.invitation.count({ where: { organizationId } })) >= MOST_INVITATIONS)
        throw new AppError(
          'CONFLICT',
          `There are ${MOST_INVITATIONS} open invitations. Take some back first.`,
        );
      const row = await tx.invitation.create({
        data: {
          organizationId,
          email,
          role: body.role,
          tokenHash: hashOfToken(token),
          invitedById: id,
          expiresAt: new Date(Date.now() + LIFETIME_MS),
        },
        select: SELECT,
      });
      await this.audit.record(tx, organizationId, {
        action: 'invitation.create',
        target: targetOf(row),
        after: { role: row.role },
      });
      // In the fragment, which browsers send to no server and no server logs.
      return { ...toResponse(row), link: `${this.config.publicUrl}/invitation#${token}` };
    });
  }

  /** @throws AppError NOT_FOUND, FORBIDDEN when an admin takes back the invitation of an owner */
  async revoke(caller: UserCaller, id: string): Promise<void> {
    const { organizationId } = caller;
    await this.prisma.$transaction(async (tx) => {
      const row = await tx.invitation.findFirst({ where: { organizationId, id }, select: SELECT });
      if (row !== null) refuseUnlessOwner(caller, row.role);
      const { count } = await tx.invitation.deleteMany({ where: { organizationId, id } });
      if (row === null || count === 0) throw notFound('invitation');
      await this.audit.record(tx, organizationId, {
        action: 'invitation.revoke',
        target: targetOf(row),
        before: { role: row.role },
      });
    });
  }
}

function refuseUnlessOwner({ role: own }: UserCaller, role: Role): void {
  if (role === 'owner' && !isAllowed(own, 'owners:write'))
    throw new AppError('FORBIDDEN', 'Only an owner can invite an owner, or take such an invitation back.');
}

const targetOf = ({ id, email }: InvitationRow) => ({ type: 'invitation', id, name: email });

const toResponse = ({ invitedBy, createdAt, expiresAt, ...row }: InvitationRow): InvitationResponse => ({
  ...row,
  invitedBy: invitedBy?.name ?? null,
  createdAt: createdAt.toISOString(),
  expiresAt: expiresAt.toISOString(),
});
