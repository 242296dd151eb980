import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { AppConfig } from '../config/app-config';
import { type JobKind, JobsService } from '../jobs/jobs.service';
import { PrismaService } from '../prisma/prisma.service';
import { asJobs, asOwner } from '../prisma/scope';

const REMOVE_OLD_ENTRIES: JobKind<object> = {
  name: 'remove-old-audit-entries',
  keyOf: () => 'all',
};

const DAY_MS = 24 * 60 * 60 * 1_000;

/** A trail of years may take its time. In milliseconds. */
const LONGEST_MS = 10 * 60_000;

/** Removes audit entries when the operator says for how long they are kept. */
@Injectable()
export class AuditRetentionService implements OnApplicationBootstrap {
  constructor(
    private readonly prisma: PrismaService,
    private readonly jobs: JobsService,
    private readonly config: AppConfig,
  ) {}

  /** At each start as well, so that a new setting counts at once. */
  async onApplicationBootstrap(): Promise<void> {
    const days = this.config.auditRetentionDays;
    if (days === undefined) return;
    await this.jobs.work(REMOVE_OLD_ENTRIES, () => this.removeOlderThan(days), { schedule: '17 3 * * *' });
    await this.jobs.add(REMOVE_OLD_ENTRIES, {});
  }

  /** As the owner of the tables: none of the application's roles may remove what was written down. */
  private async removeOlderThan(days: number): Promise<void> {
    const createdAt = { lt: new Date(Date.now() - days * DAY_MS) };
    await asJobs(() =>
      this.prisma.$transaction(
        (tx) => asOwner(tx, () => tx.auditEntry.deleteMany({ where: { createdAt } })),
        {
          timeout: LONGEST_MS,
        },
      ),
    );
  }
}
