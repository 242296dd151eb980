import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { PrismaPg } from '@prisma/adapter-pg';
import { PrismaClient } from '../../generated/prisma/client';
import type { Database } from './database';

/** Injection token of the open Database. */
export const DATABASE = Symbol('database');

/** Prisma over the application's one connection pool. */
@Injectable()
export class PrismaService extends PrismaClient implements OnApplicationShutdown {
  constructor(@Inject(DATABASE) private readonly database: Database) {
    super({
      adapter: new PrismaPg(database.pool),
      // Under load a transaction waits for a connection; Prisma's own two seconds are short for that.
      transactionOptions: { maxWait: 10_000, timeout: 10_000 },
    });
  }

  /** After the last request has been answered and the jobs have stopped. */
  async onApplicationShutdown(): Promise<void> {
    await this.$disconnect();
    await this.database.close();
  }
}
