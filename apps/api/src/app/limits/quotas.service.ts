import { Injectable } from '@nestjs/common';
import { Prisma } from '../../generated/prisma/client';
import { AppError } from '../common/app-error';
import { AppConfig } from '../config/app-config';
import { lockOrganization } from '../prisma/lock-organization';
import type { Transaction } from '../prisma/transaction';

/** What an organisation has a limited number of, by its table. */
type Limited = 'phone_numbers' | 'agents' | 'credentials';

/** How many of something there may be. Asked before the first call to Vapi, in the transaction that writes down what is about to be made. */
@Injectable()
export class QuotasService {
  constructor(private readonly config: AppConfig) {}

  /**
   * One more of each. Must come first in its transaction: it locks the organisation, so that two at the same moment do not both take the last place.
   * @throws AppError CONFLICT when the organisation has as many as it can have
   */
  async refuseOneMore(tx: Transaction, organizationId: string, ...tables: Limited[]): Promise<void> {
    await lockOrganization(tx, organizationId);
    const areFull = await Promise.all(tables.map((table) => this.isFull(tx, organizationId, table)));
    const table = tables[areFull.indexOf(true)];
    if (table !== undefined) throw full(table, this.most(table));
  }

  /** @throws AppError CONFLICT when the person belongs to as many organisations as one can */
  async refuseOneMoreOrganization(tx: Prisma.TransactionClient, userId: string): Promise<void> {
    await tx.$queryRaw`SELECT 1 FROM users WHERE id = ${userId}::uuid FOR NO KEY UPDATE`;
    const most = this.config.quotas.organizations;
    if ((await tx.membership.count({ where: { userId } })) < most) return;
    throw new AppError(
      'CONFLICT',
      `A person can belong to ${most} organisations here. Leave one first, or ask the operator for more.`,
    );
  }

  /** Counts in the index, and no further than it has to. */
  private async isFull(tx: Transaction, organizationId: string, table: Limited): Promise<boolean> {
    const most = this.most(table);
    const [row] = await tx.$queryRaw<{ isFull: boolean }[]>`
      SELECT count(*) >= ${most} AS "isFull" FROM (
        SELECT 1 FROM ${Prisma.raw(table)} WHERE organization_id = ${organizationId}::uuid LIMIT ${most}
      ) AS counted`;
    return row?.isFull === true;
  }

  private most(table: Limited): number {
    const { phoneNumbers, agents, credentials } = this.config.quotas;
    return { phone_numbers: phoneNumbers, agents, credentials }[table];
  }
}

/** Whole sentences, which the dashboard knows in other languages. */
function full(table: Limited, most: number): AppError {
  const words = {
    phone_numbers: `Your organisation has ${most} phone numbers, as many as it can have. Remove one first, or ask the operator for more.`,
    agents: `Your organisation has ${most} agents, as many as it can have. Remove one first, or ask the operator for more.`,
    credentials: `Your organisation has ${most} saved credentials, as many as it can have. Remove one first, or ask the operator for more.`,
  };
  return new AppError('CONFLICT', words[table]);
}
