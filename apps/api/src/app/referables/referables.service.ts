import { Injectable, Logger } from '@nestjs/common';
import { type Lifecycle, Prisma } from '../../generated/prisma/client';
import { AuditService } from '../audit/audit.service';
import { AppError, inUse, needsNoAttention } from '../common/app-error';
import { removalFailed, stillUnsettled } from '../common/upstream-error';
import { type Claim, ClaimLostError, isHeldBy } from '../prisma/claim';
import { ClaimsService } from '../prisma/claims.service';
import { lockToChange, REFERABLE, type ReferableTable } from '../prisma/lock-row';
import { PrismaService } from '../prisma/prisma.service';
import { TO_SETTLED } from '../prisma/settled';
import { VapiAssistants } from '../vapi/vapi-assistants';
import { VapiCredentials } from '../vapi/vapi-credentials';
import { VapiError } from '../vapi/vapi.error';

/** The right to work on an agent or a credential. */
export type ReferableClaim = Claim<ReferableTable>;

/** Where the id of a row's counterpart at Vapi stands. */
const VAPI_ID: Record<ReferableTable, Prisma.Sql> = {
  agents: Prisma.sql`vapi_assistant_id`,
  credentials: Prisma.sql`vapi_credential_id`,
};

/** The numbers that refer to a row. */
const USERS: Record<ReferableTable, (id: string) => Prisma.PhoneNumberWhereInput> = {
  agents: (id) => ({ OR: [{ agentId: id }, { pendingAgentId: id }] }),
  credentials: (id) => ({ credentialId: id }),
};

interface RemovableRow {
  name: string;
  attention: string | null;
  createdAt: Date;
  vapiId: string | null;
}

/** The end of agents and credentials, which is the same for both: removing them, taking them back, settling what was interrupted. */
@Injectable()
export class ReferablesService {
  private readonly logger = new Logger(ReferablesService.name);

  constructor(
    private readonly prisma: PrismaService,
    private readonly claims: ClaimsService,
    private readonly assistants: VapiAssistants,
    private readonly credentials: VapiCredentials,
    private readonly audit: AuditService,
  ) {}

  /** @throws AppError NOT_FOUND, CONFLICT with the numbers that use it, PROVIDER_REJECTED, UPSTREAM_UNAVAILABLE */
  async remove(table: ReferableTable, organizationId: string, id: string): Promise<void> {
    const { claim, wasLive } = await this.prisma.$transaction(async (tx) => {
      const { lifecycle } = await lockToChange(tx, table, organizationId, id);
      const usedBy = await tx.phoneNumber.findMany({
        where: { organizationId, ...USERS[table](id) },
        select: { id: true, name: true },
        orderBy: { createdAt: 'desc' },
        take: 100,
      });
      if (usedBy.length > 0) throw inUse(REFERABLE[table], usedBy);
      const claim = await this.claim(tx, table, organizationId, id, 'removing');
      return { claim, wasLive: lifecycle === 'live' };
    });
    try {
      await this.discard(claim, { look: true });
    } catch (error) {
      if (!(error instanceof VapiError)) throw error;
      // Only what certainly did not happen, to something that was whole, is forgotten; recovery goes on with the rest.
      if (wasLive && !error.mayHaveActed) await this.release(claim);
      throw removalFailed(REFERABLE[table], wasLive ? error : error.afterEffect());
    }
  }

  /**
   * Settles now what needs attention.
   * @throws AppError NOT_FOUND, CONFLICT when it needs no attention, UPSTREAM_UNAVAILABLE
   */
  async retry(
    table: ReferableTable,
    organizationId: string,
    id: string,
    settle: (claim: ReferableClaim) => Promise<void>,
  ): Promise<void> {
    const claim = await this.prisma.$transaction(async (tx) => {
      const { lifecycle, attention } = await lockToChange(tx, table, organizationId, id);
      if (attention === null) throw needsNoAttention(REFERABLE[table]);
      return this.claim(tx, table, organizationId, id, lifecycle);
    });
    try {
      await settle(claim);
    } catch (error) {
      throw error instanceof VapiError ? stillUnsettled(REFERABLE[table], error) : error;
    }
  }

  /**
   * Removes the counterpart at Vapi, then the row. `look` searches Vapi for one whose id we never learned.
   * @throws VapiError when Vapi cannot be asked, ClaimLostError when somebody else does this; the row then stays
   */
  async discard(claim: ReferableClaim, { look }: { look: boolean }): Promise<void> {
    const vapi = claim.table === 'agents' ? this.assistants : this.credentials;
    const table = Prisma.raw(claim.table);
    await this.claims.renew(claim);
    const [row] = await this.prisma.$queryRaw<RemovableRow[]>`
      SELECT name, attention, created_at AS "createdAt", ${VAPI_ID[claim.table]} AS "vapiId"
      FROM ${table} WHERE ${isHeldBy(claim)}`;
    if (row === undefined) throw new ClaimLostError();
    const vapiId = row.vapiId ?? (look ? (await vapi.find(claim.id, row.createdAt))?.id : undefined);
    if (vapiId !== undefined) {
      await this.claims.renew(claim);
      await vapi.delete(vapiId);
    }
    await this.prisma.$transaction(async (tx) => {
      claim.confirm({ count: await tx.$executeRaw`DELETE FROM ${table} WHERE ${isHeldBy(claim)}` });
      // One that is taken back was never there for anybody, unless it had to be shown.
      if (claim.lifecycle !== 'removing' && row.attention === null) return;
      await this.audit.record(tx, claim.organizationId, {
        action: `${REFERABLE[claim.table]}.remove`,
        target: { type: REFERABLE[claim.table], id: claim.id, name: row.name },
        before: { name: row.name },
      });
    });
  }

  /** Takes back a failed creation. What cannot be settled now stays on the row, for recovery. */
  async undo(claim: ReferableClaim, error: unknown): Promise<void> {
    const { id, organizationId } = claim;
    const facts = { table: claim.table, id, organizationId };
    const cause = error instanceof AppError ? error.cause : error;
    if (error instanceof ClaimLostError || (cause instanceof VapiError && cause.mayHaveActed)) {
      this.logger.warn(
        facts,
        'The outcome of a creation is unknown; recovery will look again and take it back',
      );
      return;
    }
    try {
      // After a failure of our own, Vapi may hold more than the row says.
      await this.discard(claim, { look: !(cause instanceof VapiError) });
    } catch (failure) {
      this.logger.warn(
        { ...facts, err: failure },
        'A failed creation could not be taken back; recovery will',
      );
    }
  }

  /** Claims a row that `tx` has locked. */
  private async claim(
    tx: Prisma.TransactionClient,
    table: ReferableTable,
    organizationId: string,
    id: string,
    lifecycle: Lifecycle,
  ): Promise<ReferableClaim> {
    const { leaseUntil, startedBy } = this.claims.begin();
    await tx.$executeRaw`
      UPDATE ${Prisma.raw(table)}
      SET lifecycle = ${lifecycle}::lifecycle, lease_until = ${leaseUntil}, started_by = ${startedBy}
      WHERE organization_id = ${organizationId}::uuid AND id = ${id}::uuid`;
    return this.claims.of(table, { id, organizationId, lifecycle, leaseUntil });
  }

  /** The row is whole again. */
  private async release(claim: ReferableClaim): Promise<void> {
    await this.prisma.$executeRaw`
      UPDATE ${Prisma.raw(claim.table)} SET ${TO_SETTLED}
      WHERE ${isHeldBy(claim)}`;
  }
}
