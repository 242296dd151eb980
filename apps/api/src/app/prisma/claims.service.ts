import { Injectable } from '@nestjs/common';
import { type Lifecycle, Prisma } from '../../generated/prisma/client';
import { isFresh, leaseMs } from '../common/lease';
import { currentOrigin, type Origin } from '../common/origin';
import { AppConfig } from '../config/app-config';
import { Claim, ClaimLostError, type ClaimTable } from './claim';
import { PrismaService } from './prisma.service';
import { asJobs } from './scope';

interface ClaimableRow {
  id: string;
  organizationId: string;
  lifecycle: Lifecycle;
  leaseUntil: Date | null;
}

/** A row that recovery works on now. */
interface TakenOver<Table extends ClaimTable> {
  claim: Claim<Table>;
  attempts: number;
  /** Whose doing it was; null when that is not known. */
  startedBy: Origin | null;
}

/** Leases on rows: begun with a row, renewed before each request to Vapi, taken over by recovery once they have run out. */
@Injectable()
export class ClaimsService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly config: AppConfig,
  ) {}

  /** What a row says while it is worked on from now on: until when, and whose doing it is. */
  begin(): { leaseUntil: Date; startedBy: Prisma.InputJsonObject } {
    return {
      leaseUntil: this.lease(),
      startedBy: { ...currentOrigin() } as unknown as Prisma.InputJsonObject,
    };
  }

  /** The claim that was written with the row itself. */
  of<Table extends ClaimTable>(
    table: Table,
    { id, organizationId, lifecycle, leaseUntil }: ClaimableRow,
  ): Claim<Table> {
    if (leaseUntil === null || lifecycle === 'live') throw new Error('Nobody works on this row');
    return new Claim(table, organizationId, id, lifecycle, leaseUntil);
  }

  /**
   * Makes sure that the claim still holds, and will hold during one more request to Vapi. The lease of one that was written a moment ago lasts long enough, and
   * until it ends nobody takes the row.
   * @throws ClaimLostError
   */
  async renew(claim: Claim): Promise<void> {
    if (isFresh(claim, this.config)) return;
    const leaseUntil = new Date(Math.max(this.lease().getTime(), claim.leaseUntil.getTime() + 1));
    const count = await this.prisma.$executeRaw`
      UPDATE ${Prisma.raw(claim.table)} SET lease_until = ${leaseUntil}
      WHERE id = ${claim.id}::uuid AND lifecycle = ${claim.lifecycle}::lifecycle AND lease_until = ${claim.leaseUntil}`;
    if (count !== 1) throw new ClaimLostError();
    claim.leaseUntil = leaseUntil;
  }

  /**
   * Takes over one row on which nobody works any more. A row that another replica is taking at this moment is passed over.
   * Undefined when there is none.
   */
  async takeExpired<Table extends ClaimTable>(table: Table): Promise<TakenOver<Table> | undefined> {
    const [row] = await asJobs(
      () => this.prisma.$queryRaw<(ClaimableRow & Omit<TakenOver<Table>, 'claim'>)[]>`
      UPDATE ${Prisma.raw(table)} SET lease_until = ${this.lease()}, attempts = attempts + 1
      WHERE id = (
        SELECT id FROM ${Prisma.raw(table)} WHERE lease_until < now() AND lifecycle <> 'live'
        ORDER BY lease_until LIMIT 1 FOR UPDATE SKIP LOCKED
      )
      RETURNING id, organization_id AS "organizationId", lifecycle::text AS lifecycle, lease_until AS "leaseUntil", attempts, started_by AS "startedBy"`,
    );
    return row && { claim: this.of(table, row), attempts: row.attempts, startedBy: row.startedBy };
  }

  /**
   * Makes due now what recovery has put off for longer than any lease lasts, so that nobody can be working on it. What it has put off for less
   * comes due by itself within one lease. Gives back how many rows.
   */
  async makePutOffDue(table: ClaimTable): Promise<number> {
    return asJobs(
      () => this.prisma.$executeRaw`
      UPDATE ${Prisma.raw(table)} SET lease_until = now()
      WHERE lifecycle <> 'live' AND attempts > 0 AND lease_until > ${this.lease()}`,
    );
  }

  /** When a lease that begins now runs out. */
  private lease(): Date {
    return new Date(Date.now() + leaseMs(this.config));
  }

  /** Leaves a claimed row alone until `until`. */
  async postpone(claim: Claim, until: Date): Promise<void> {
    await this.prisma.$executeRaw`
      UPDATE ${Prisma.raw(claim.table)} SET lease_until = ${until}
      WHERE id = ${claim.id}::uuid AND lifecycle = ${claim.lifecycle}::lifecycle AND lease_until = ${claim.leaseUntil}`;
    claim.leaseUntil = until;
  }
}
