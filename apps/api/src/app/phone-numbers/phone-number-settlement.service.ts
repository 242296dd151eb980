import { Injectable } from '@nestjs/common';
import { AppError } from '../common/app-error';
import { upstreamUnavailable } from '../common/upstream-error';
import { PrismaService } from '../prisma/prisma.service';
import { VapiError } from '../vapi/vapi.error';
import { type ClaimedPhoneNumber, claimPhoneNumber } from './claim-phone-number';
import { PhoneNumberRemovalService } from './phone-number-removal.service';
import { PhoneNumberStatusService } from './phone-number-status.service';
import { PhoneNumberUpdateService } from './phone-number-update.service';
import { PhoneNumbersService, type TaggedPhoneNumber } from './phone-numbers.service';

/** Settles operations that were interrupted: for recovery, and for a person who does not want to wait for it. */
@Injectable()
export class PhoneNumberSettlementService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly phoneNumbers: PhoneNumbersService,
    private readonly removal: PhoneNumberRemovalService,
    private readonly updates: PhoneNumberUpdateService,
    private readonly status: PhoneNumberStatusService,
  ) {}

  /**
   * What was being made or removed is removed; what was being changed is set back to what the row says, and looked at again.
   * @throws VapiError when that cannot be done now; the row then stays
   */
  async settle(
    organizationId: string,
    { id, lifecycle }: Pick<ClaimedPhoneNumber, 'id' | 'lifecycle'>,
  ): Promise<void> {
    if (lifecycle === 'creating' || lifecycle === 'removing') return this.removal.discard(id, { look: true });
    if (lifecycle === 'updating') await this.updates.restore(id);
    const { count } = await this.prisma.phoneNumber.updateMany({
      where: { organizationId, id, status: 'needs_attention' },
      data: { status: 'activating', attention: null, updatedAt: new Date() },
    });
    if (count > 0) await this.status.follow(organizationId, id);
  }

  /**
   * Settles a number that needs attention now. Undefined when that meant its end.
   * @throws AppError NOT_FOUND, CONFLICT when it needs no attention, UPSTREAM_UNAVAILABLE
   */
  async retry(organizationId: string, id: string): Promise<TaggedPhoneNumber | undefined> {
    const row = await this.prisma.$transaction((tx) => claimPhoneNumber(tx, organizationId, id, undefined));
    if (row.status !== 'needs_attention') {
      throw new AppError('CONFLICT', 'This number needs no attention.');
    }
    try {
      await this.settle(organizationId, row);
    } catch (error) {
      throw error instanceof VapiError
        ? upstreamUnavailable(error, 'The number still needs attention.')
        : error;
    }
    const isGone = row.lifecycle === 'creating' || row.lifecycle === 'removing';
    return isGone ? undefined : this.phoneNumbers.get(organizationId, id);
  }
}
