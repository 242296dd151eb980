import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service';
import { needsNoAttention } from '../common/app-error';
import { upstreamUnavailable } from '../common/upstream-error';
import { EventsService } from '../events/events.service';
import type { Claim } from '../prisma/claim';
import { ClaimsService } from '../prisma/claims.service';
import { PrismaService } from '../prisma/prisma.service';
import { VapiError } from '../vapi/vapi.error';
import { auditedNumber } from './audited-number';
import { lockPhoneNumber } from './lock-phone-number';
import { PhoneNumberRemovalService } from './phone-number-removal.service';
import { PhoneNumberStatusService } from './phone-number-status.service';
import { PhoneNumberUpdateService } from './phone-number-update.service';
import { PhoneNumbersService, type TaggedPhoneNumber } from './phone-numbers.service';

/** Settles operations that were interrupted: for recovery, and for a person who does not want to wait for it. */
@Injectable()
export class PhoneNumberSettlementService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly claims: ClaimsService,
    private readonly phoneNumbers: PhoneNumbersService,
    private readonly removal: PhoneNumberRemovalService,
    private readonly updates: PhoneNumberUpdateService,
    private readonly status: PhoneNumberStatusService,
    private readonly audit: AuditService,
    private readonly events: EventsService,
  ) {}

  /**
   * What was being made or removed is removed; what was being changed is set back to what the row says, and looked at again.
   * @throws VapiError when that cannot be done now, ClaimLostError when somebody else does it; the row then stays
   */
  async settle(claim: Claim): Promise<void> {
    await this.finish(claim);
    if (claim.lifecycle === 'updating') await this.lookAgain(claim);
  }

  /**
   * Settles a number that needs attention now. Undefined when that meant its end.
   * @throws AppError NOT_FOUND, CONFLICT when it needs no attention, UPSTREAM_UNAVAILABLE
   */
  async retry(organizationId: string, id: string): Promise<TaggedPhoneNumber | undefined> {
    const claim = await this.claim(organizationId, id);
    try {
      if (claim !== undefined) await this.finish(claim);
      if (claim === undefined || claim.lifecycle === 'updating')
        await this.lookAgain({ organizationId, id }, { isAsked: true });
    } catch (error) {
      throw error instanceof VapiError
        ? upstreamUnavailable(error, 'The number still needs attention.')
        : error;
    }
    const isGone = claim !== undefined && claim.lifecycle !== 'updating';
    return isGone ? undefined : this.phoneNumbers.get(organizationId, id);
  }

  /** Takes an interrupted operation over from recovery; undefined when the number is whole. */
  private async claim(organizationId: string, id: string): Promise<Claim | undefined> {
    return this.prisma.$transaction(async (tx) => {
      const { status, lifecycle } = await lockPhoneNumber(tx, organizationId, id, undefined);
      if (status !== 'needs_attention') throw needsNoAttention('number');
      if (lifecycle === 'live') return undefined;
      const data = this.claims.begin();
      return this.claims.of(
        'phone_numbers',
        await tx.phoneNumber.update({ where: { id, organizationId }, data }),
      );
    });
  }

  private finish(claim: Claim): Promise<void> {
    return claim.lifecycle === 'updating'
      ? this.updates.restore(claim)
      : this.removal.discard(claim, { look: true });
  }

  /** The next look at Vapi tells whether all is well. */
  private async lookAgain(
    { organizationId, id }: Pick<Claim, 'organizationId' | 'id'>,
    { isAsked = false } = {},
  ): Promise<void> {
    await this.prisma.$transaction(async (tx) => {
      const { count } = await tx.phoneNumber.updateMany({
        where: { organizationId, id, status: 'needs_attention' },
        data: { status: 'activating', attention: null, updatedAt: new Date() },
      });
      if (count === 0) return;
      await this.status.follow(organizationId, id, tx);
      if (!isAsked) return;
      const row = await tx.phoneNumber.findFirstOrThrow({ where: { organizationId, id } });
      await this.audit.record(tx, organizationId, {
        action: 'phone_number.retry',
        target: auditedNumber(row),
      });
    });
    this.events.publish(organizationId, { type: 'phone_number', id });
  }
}
