import { Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { AgentsService } from '../agents/agents.service';
import { CredentialsService } from '../credentials/credentials.service';
import { EventsService } from '../events/events.service';
import { JobsService } from '../jobs/jobs.service';
import { PhoneNumberSettlementService } from '../phone-numbers/phone-number-settlement.service';
import { PhoneNumberStatusService } from '../phone-numbers/phone-number-status.service';
import { WebhookCredentialService } from '../phone-numbers/webhook-credential.service';
import { SYSTEM, withOrigin } from '../common/origin';
import { MetricsService } from '../metrics/metrics.service';
import { ATTEMPTS_BEFORE_ATTENTION, type Claim, type ClaimTable, type Unsettled } from '../prisma/claim';
import { ClaimsService } from '../prisma/claims.service';
import type { Database } from '../prisma/database';
import { DATABASE, PrismaService } from '../prisma/prisma.service';
import { asJobs, inOrganization } from '../prisma/scope';
import { RECOVER } from './recover.job';

/** The pause after the first failure on a row, in milliseconds; it doubles each time. */
const FIRST_PAUSE_MS = 15_000;

/** The longest pause between two tries on one row, in milliseconds. */
const LONGEST_PAUSE_MS = 15 * 60_000;

/** What a person is told, by what was interrupted. Credentials are never changed, so far. */
const ATTENTION: Record<ClaimTable, Record<Unsettled, string>> = {
  phone_numbers: {
    creating:
      'Adding this number was interrupted, and taking it back has failed so far. Try again to clean up now, or remove it.',
    updating:
      'A change of this number was interrupted, and setting it back has failed so far. Try again, or remove it.',
    removing: 'Removing this number has failed so far. Try again, or check it with your carrier.',
  },
  credentials: {
    creating:
      'Saving this credential was interrupted, and taking it back has failed so far. Try again to clean up now, or remove it.',
    updating:
      'A change of this credential was interrupted, and settling it has failed so far. Try again, or remove it.',
    removing:
      'Removing this credential has failed so far, so Vapi may still hold its keys. Try again, or withdraw the keys at your carrier.',
  },
  agents: {
    creating:
      'Creating this agent was interrupted, and taking it back has failed so far. Try again to clean up now, or remove it.',
    updating:
      'A change of this agent was interrupted, and it is not known whether it was made. Try again to find out, or remove the agent.',
    removing:
      'Removing this agent has failed so far. No number can be assigned to it meanwhile. Try again to finish it.',
  },
};

/**
 * Settles what a dead process or an unreachable Vapi left half done: what was being made is taken back, what was being changed is
 * set back, what was being removed is removed.
 */
@Injectable()
export class RecoveryService implements OnApplicationBootstrap {
  private readonly logger = new Logger('Recovery');

  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly prisma: PrismaService,
    private readonly jobs: JobsService,
    private readonly phoneNumbers: PhoneNumberSettlementService,
    private readonly status: PhoneNumberStatusService,
    private readonly webhookCredential: WebhookCredentialService,
    private readonly credentials: CredentialsService,
    private readonly agents: AgentsService,
    private readonly claims: ClaimsService,
    private readonly events: EventsService,
    private readonly metrics: MetricsService,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    if (this.database.isEmbedded) await asJobs(() => this.endLeasesOfTheDead());
    await this.jobs.work(RECOVER, () => this.recover(), { schedule: '* * * * *' });
    await this.jobs.add(RECOVER, {});
  }

  /** Settles everything whose lease has run out, one row after the other. */
  async recover(): Promise<void> {
    // Numbers first: they refer to credentials and agents.
    await this.settleAll('phone_numbers', (claim) => this.phoneNumbers.settle(claim));
    await this.settleAll('credentials', (claim) => this.credentials.settle(claim));
    await this.settleAll('agents', (claim) => this.agents.settle(claim));
    await this.status.followForgotten();
    await this.webhookCredential.followSecret();
  }

  /** Ends when nothing is left whose time has come: a row that fails is put off. */
  private async settleAll<Table extends ClaimTable>(
    table: Table,
    settle: (claim: Claim<Table>) => Promise<void>,
  ): Promise<void> {
    for (;;) {
      const taken = await this.claims.takeExpired(table);
      if (taken === undefined) return;
      const { claim, attempts, startedBy } = taken;
      const facts = { table, ...claim.where, attempts };
      // What recovery finishes is still the doing of whoever began it.
      await withOrigin(startedBy ?? SYSTEM, () =>
        inOrganization(claim.organizationId, async () => {
          try {
            await settle(claim);
            this.metrics.settlement(table, 'settled');
            this.logger.log(facts, 'An interrupted operation was settled');
          } catch (error) {
            this.logger.warn({ ...facts, err: error }, 'An interrupted operation could not be settled yet');
            this.metrics.settlement(table, 'put_off');
            await this.putOff(claim, attempts);
          }
        }),
      );
    }
  }

  /** The next try comes later each time; after some of them a person is asked to look at it. */
  private async putOff(claim: Claim, attempts: number): Promise<void> {
    const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(attempts - 1, 16));
    await this.claims.postpone(claim, new Date(Date.now() + pause));
    if (attempts < ATTEMPTS_BEFORE_ATTENTION) return;
    const attention = ATTENTION[claim.table][claim.lifecycle];
    const isNews = [{ attention: { not: attention } }, { attention: null }];
    const where = { ...claim.where, OR: isNews };
    const data = { attention, updatedAt: new Date() };
    if (claim.table === 'agents') await this.prisma.agent.updateMany({ where, data });
    else if (claim.table === 'credentials') await this.prisma.credential.updateMany({ where, data });
    else {
      await this.prisma.phoneNumber.updateMany({ where, data: { ...data, status: 'needs_attention' } });
      this.events.publish(claim.organizationId, { type: 'phone_number', id: claim.id });
    }
  }

  /** No other process works on an embedded database, so whoever held a lease is gone. */
  private async endLeasesOfTheDead(): Promise<void> {
    const ended = { where: { leaseUntil: { gt: new Date() } }, data: { leaseUntil: new Date(0) } };
    await this.prisma.phoneNumber.updateMany(ended);
    await this.prisma.credential.updateMany(ended);
    await this.prisma.agent.updateMany(ended);
    await this.prisma.webhookCredential.updateMany(ended);
    await this.prisma.idempotencyKey.deleteMany({ where: { status: null } });
  }
}
