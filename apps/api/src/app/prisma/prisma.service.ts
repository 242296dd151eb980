import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { SpanKind } from '@opentelemetry/api';
import { PrismaPg } from '@prisma/adapter-pg';
import type { QueryResultRow } from 'pg';
import { type Prisma, PrismaClient } from '../../generated/prisma/client';
import { spanned } from '../tracing/tracing';
import type { Database } from './database';
import { transact } from './scoped-pool';
import { statementNames } from './statement-names';
import { overDriver, type Transaction } from './transaction';

/** Injection token of the open Database. */
export const DATABASE = Symbol('database');

const TRANSACTION = {
  name: 'transaction',
  kind: SpanKind.CLIENT,
  facts: { 'db.system.name': 'postgresql' },
} as const;

/** Prisma over the application's one connection pool. */
@Injectable()
export class PrismaService extends PrismaClient implements OnApplicationShutdown {
  private readonly nameOf: (statement: { sql: string }) => string;

  constructor(@Inject(DATABASE) private readonly database: Database) {
    const nameOf = database.hasSessions ? statementNames() : () => '';
    super({
      adapter: new PrismaPg(database.pool, { statementNameGenerator: nameOf }),
      // Under load a transaction waits for a connection; Prisma's own two seconds are short for that.
      transactionOptions: { maxWait: 10_000, timeout: 10_000 },
    });
    this.$transaction = interactiveOnly(this.$transaction.bind(this));
    this.nameOf = nameOf;
  }

  /**
   * The rows of a statement that only reads, outside of a transaction, as the driver has them: for what is read at every request. Prisma's engine would
   * cost more than the statement itself.
   */
  async read<Row extends QueryResultRow>(statement: Prisma.Sql): Promise<Row[]> {
    const { text, values } = statement;
    const { rows } = await this.database.pool.query<Row>({ name: this.nameOf({ sql: text }), text, values });
    return rows;
  }

  /**
   * A transaction of statements that are written by hand, straight over the driver: for what many wait for. Those that are begun in the same turn go out together,
   * where Prisma's transactions take a round trip each.
   */
  write<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    return spanned(TRANSACTION, () =>
      transact(this.database.pool, (send) =>
        work(overDriver((text, values) => send({ name: this.nameOf({ sql: text }), text, values }))),
      ),
    );
  }

  /** After the last request has been answered and the jobs have stopped. */
  async onApplicationShutdown(): Promise<void> {
    await this.$disconnect();
    await this.database.close();
  }
}

/**
 * Prisma collects batches, of whoever asks in the same turn of the event loop, and sends them all in the scope of the first one. (So it
 * does with `findUnique`, which lint refuses.) Transactions around a function begin in the scope of their caller.
 */
function interactiveOnly(transaction: PrismaClient['$transaction']): PrismaClient['$transaction'] {
  const begin = transaction as (work: unknown, options?: unknown) => Promise<unknown>;
  return ((work: unknown, options?: unknown) => {
    if (typeof work === 'function') return spanned(TRANSACTION, () => begin(work, options));
    throw new Error('A batch would run in the scope of somebody else: use a transaction around a function');
  }) as PrismaClient['$transaction'];
}
