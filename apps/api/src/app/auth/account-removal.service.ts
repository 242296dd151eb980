import { Injectable } from '@nestjs/common';
import type { DeleteAccountBody, Role } from '@voxreach/contracts';
import type { Prisma } from '../../generated/prisma/client';
import type { UserCaller } from '../access/caller';
import { AuditService } from '../audit/audit.service';
import { AppError } from '../common/app-error';
import { validationFailed } from '../common/dto.pipe';
import { PrismaService } from '../prisma/prisma.service';

interface Left {
  organizationId: string;
  role: Role;
  organization: { name: string };
}

/** Deletes accounts. What belongs to organisations stays with them: numbers, API keys, and what their audit trails tell. */
@Injectable()
export class AccountRemovalService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly audit: AuditService,
  ) {}

  /** @throws AppError VALIDATION_FAILED for another address, CONFLICT for the last owner of an organisation */
  async remove({ id, name }: UserCaller, { email }: DeleteAccountBody): Promise<void> {
    await this.prisma.$transaction(async (tx) => {
      // One after the other: two owners must not go at the same moment. Who leaves otherwise meets the rows that this one deletes.
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('voxreach account removal'))`;
      const user = await tx.user.findFirstOrThrow({ where: { id }, select: { email: true } });
      if (user.email !== email.toLowerCase())
        throw validationFailed([{ path: 'email', message: 'This is not the address of your account.' }]);
      const left = await tx.membership.findMany({
        where: { userId: id },
        select: { organizationId: true, role: true, organization: { select: { name: true } } },
      });
      await this.takeBackInvitations(tx, id);
      await tx.user.deleteMany({ where: { id } });
      for (const membership of left) {
        await refuseWithoutOwner(tx, membership);
        await this.audit.record(tx, membership.organizationId, {
          action: 'user.remove',
          target: { type: 'user', id, name },
          before: { role: membership.role },
        });
      }
    });
  }

  /** They would be a way back in. */
  private async takeBackInvitations(tx: Prisma.TransactionClient, invitedById: string): Promise<void> {
    const where = { invitedById };
    const rows = await tx.invitation.findMany({
      where,
      select: { id: true, organizationId: true, email: true, role: true },
    });
    await tx.invitation.deleteMany({ where: { id: { in: rows.map(({ id }) => id) } } });
    for (const { id, organizationId, email, role } of rows) {
      await this.audit.record(tx, organizationId, {
        action: 'invitation.revoke',
        target: { type: 'invitation', id, name: email },
        before: { role },
      });
    }
  }
}

/** Asked after the row has gone, so that whoever leaves at the same moment has left or waits. */
async function refuseWithoutOwner(
  tx: Prisma.TransactionClient,
  { organizationId, role, organization }: Left,
): Promise<void> {
  if (role !== 'owner' || (await tx.membership.count({ where: { organizationId, role } })) > 0) return;
  throw new AppError(
    'CONFLICT',
    `You are the only owner of ${organization.name}. Make somebody else an owner first, or ask the operator to remove the organisation.`,
  );
}
