import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { EventsService } from '../events/events.service';
import { type JobKind, JobsService } from '../jobs/jobs.service';
import { PrismaService } from '../prisma/prisma.service';
import { asJobs, inOrganization } from '../prisma/scope';
import type { Transaction } from '../prisma/transaction';
import { VapiError } from '../vapi/vapi.error';
import { VapiPhoneNumbers } from '../vapi/vapi-phone-numbers';

interface StatusLook {
  organizationId: string;
  phoneNumberId: string;
  /** How many looks came before. */
  look: number;
}

const FOLLOW_STATUS: JobKind<StatusLook> = {
  name: 'follow-phone-number-status',
  keyOf: ({ phoneNumberId }) => phoneNumberId,
};

/** Seconds before each look; together a little over 15 minutes. */
const WAITS_S = [2, 3, 5, 10, 15, 25, 30, 60, 60, 90, 120, 120, 120, 120, 120];

/** Longer than all looks together, in milliseconds. */
const FORGOTTEN_AFTER_MS = 20 * 60_000;

const GIVEN_UP =
  'Vapi has not finished setting up this number in 15 minutes. Calls may fail. Try again, or remove it.';
const GONE = 'Vapi no longer has this number. Calls do not arrive. Remove it here and add it again.';

/** No event of Vapi's carries a number's status, so a number that is being activated is looked at until it is active. */
@Injectable()
export class PhoneNumberStatusService implements OnApplicationBootstrap {
  constructor(
    private readonly prisma: PrismaService,
    private readonly jobs: JobsService,
    private readonly vapi: VapiPhoneNumbers,
    private readonly events: EventsService,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.jobs.work(
      FOLLOW_STATUS,
      (look) => inOrganization(look.organizationId, () => this.look(look)),
      {
        batchSize: 50,
      },
    );
  }

  /** Begins to follow a number; within `tx`, exactly when that is committed. */
  async follow(organizationId: string, phoneNumberId: string, tx?: Transaction): Promise<void> {
    await this.schedule({ organizationId, phoneNumberId, look: 0 }, tx);
  }

  /** Takes up numbers whose look was lost, for example because the database was away for long. */
  async followForgotten(): Promise<void> {
    const before = new Date(Date.now() - FORGOTTEN_AFTER_MS);
    const rows = await asJobs(() =>
      this.prisma.phoneNumber.findMany({
        where: { status: 'activating', lifecycle: 'live', updatedAt: { lt: before } },
        select: { id: true, organizationId: true },
        take: 100,
      }),
    );
    for (const { id, organizationId } of rows) await this.follow(organizationId, id);
  }

  private async schedule(data: StatusLook, tx?: Transaction): Promise<void> {
    await this.jobs.add(FOLLOW_STATUS, data, { tx, afterSeconds: WAITS_S[data.look] });
  }

  private async look({ organizationId, phoneNumberId, look }: StatusLook): Promise<void> {
    const where = { organizationId, id: phoneNumberId, status: 'activating' } as const;
    const row = await this.prisma.phoneNumber.findFirst({ where });
    if (row?.vapiPhoneNumberId == null) return;
    const remote = await this.vapi.get(row.vapiPhoneNumberId).catch((error: unknown) => {
      // A passing fault is no news: the next look will tell.
      if (error instanceof VapiError && error.kind !== 'not_found')
        return { status: 'activating', number: undefined } as const;
      if (error instanceof VapiError) return undefined;
      throw error;
    });
    const isLast = look + 1 >= WAITS_S.length;
    if (remote?.status === 'activating' && !isLast)
      return this.schedule({ organizationId, phoneNumberId, look: look + 1 });
    const attention = remote === undefined ? GONE : remote.status === 'activating' ? GIVEN_UP : null;
    const { count } = await this.prisma.phoneNumber.updateMany({
      where: { ...where, lifecycle: 'live' },
      data: {
        status: attention === null ? (remote?.status ?? 'active') : 'needs_attention',
        attention,
        // A free number is assigned while it is being activated.
        ...(row.number === null && row.sipUri === null ? { number: remote?.number } : {}),
        updatedAt: new Date(),
      },
    });
    if (count > 0) this.events.publish(organizationId, { type: 'phone_number', id: phoneNumberId });
    // It is being changed at this moment: the same look again.
    else await this.schedule({ organizationId, phoneNumberId, look });
  }
}
