import { Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { AgentsService } from '../agents/agents.service';
import { leaseMs } from '../common/lease';
import { AppConfig } from '../config/app-config';
import { CredentialsService } from '../credentials/credentials.service';
import { type JobKind, JobsService } from '../jobs/jobs.service';
import { PhoneNumberSettlementService } from '../phone-numbers/phone-number-settlement.service';
import { PhoneNumberStatusService } from '../phone-numbers/phone-number-status.service';
import type { Database } from '../prisma/database';
import { DATABASE, PrismaService } from '../prisma/prisma.service';
import { type ExpiredRow, type RecoverableTable, takeExpiredRows } from './expired-rows';

const RECOVER: JobKind<object> = { name: 'recover', keyOf: () => 'recover' };

/** After this many failures a person is asked to look; recovery goes on trying all the same. */
const ATTEMPTS_BEFORE_ATTENTION = 5;

/** The longest pause between two tries on one row, in milliseconds. */
const LONGEST_PAUSE_MS = 15 * 60_000;

const ATTENTION: Record<ExpiredRow['lifecycle'], string> = {
  creating:
    'Adding this number was interrupted, and taking it back has failed so far. Try again to clean up now, or remove it.',
  updating:
    'A change of this number was interrupted, and setting it back has failed so far. Try again, or remove it.',
  removing: 'Removing this number has failed so far. Try again, or check it with your carrier.',
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
    private readonly credentials: CredentialsService,
    private readonly agents: AgentsService,
    private readonly config: AppConfig,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    if (this.database.isEmbedded) await this.endLeasesOfTheDead();
    await this.jobs.work(RECOVER, () => this.recover(), { schedule: '* * * * *' });
    await this.jobs.add(RECOVER, {});
  }

  /** Settles everything whose lease has run out. */
  async recover(): Promise<void> {
    // Numbers first: they refer to credentials and agents.
    await this.settleAll('phone_numbers', (row) => this.phoneNumbers.settle(row.organizationId, row));
    await this.settleAll('credentials', ({ id }) => this.credentials.settle(id));
    await this.settleAll('agents', ({ id }) => this.agents.settle(id));
    await this.status.followForgotten();
  }

  private async settleAll(
    table: RecoverableTable,
    settle: (row: ExpiredRow) => Promise<void>,
  ): Promise<void> {
    for (;;) {
      const rows = await takeExpiredRows(this.prisma, table, leaseMs(this.config));
      if (rows.length === 0) return;
      for (const row of rows) await this.settleOne(table, row, settle);
    }
  }

  private async settleOne(
    table: RecoverableTable,
    row: ExpiredRow,
    settle: (row: ExpiredRow) => Promise<void>,
  ): Promise<void> {
    const facts = { table, ...row };
    try {
      await settle(row);
      this.logger.log(facts, 'An interrupted operation was settled');
    } catch (error) {
      this.logger.warn({ ...facts, err: error }, 'An interrupted operation could not be settled yet');
      if (table === 'phone_numbers' && row.attempts >= ATTEMPTS_BEFORE_ATTENTION)
        await this.askForAttention(row);
    }
  }

  private async askForAttention({ id, lifecycle, attempts }: ExpiredRow): Promise<void> {
    const pause = Math.min(LONGEST_PAUSE_MS, 60_000 * 2 ** (attempts - ATTEMPTS_BEFORE_ATTENTION));
    await this.prisma.phoneNumber.updateMany({
      where: { id, lifecycle },
      data: {
        status: 'needs_attention',
        attention: ATTENTION[lifecycle],
        leaseUntil: new Date(Date.now() + pause),
        updatedAt: new Date(),
      },
    });
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
