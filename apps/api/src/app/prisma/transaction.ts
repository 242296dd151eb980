import { Prisma } from '../../generated/prisma/client';

/** What statements written by hand need of a transaction. Prisma's have it, and so have those straight over the driver. */
export interface Transaction {
  $queryRaw<Rows>(statement: TemplateStringsArray | Prisma.Sql, ...values: unknown[]): Promise<Rows>;
  /** How many rows it has met. */
  $executeRaw(statement: TemplateStringsArray | Prisma.Sql, ...values: unknown[]): Promise<number>;
  $queryRawUnsafe<Rows>(text: string, ...values: unknown[]): Promise<Rows>;
}

/** Sends one statement of a transaction. */
export type Send = (text: string, values: unknown[]) => Promise<{ rows: unknown[]; rowCount: number | null }>;

/** A transaction whose statements go straight to the driver. */
export function overDriver(send: Send): Transaction {
  const sendRaw = (statement: TemplateStringsArray | Prisma.Sql, values: unknown[]) => {
    const sql = statement instanceof Prisma.Sql ? statement : Prisma.sql(statement, ...values);
    return send(sql.text, sql.values);
  };
  return {
    $queryRaw: async <Rows>(statement: TemplateStringsArray | Prisma.Sql, ...values: unknown[]) =>
      (await sendRaw(statement, values)).rows as Rows,
    $executeRaw: async (statement, ...values) => (await sendRaw(statement, values)).rowCount ?? 0,
    $queryRawUnsafe: async <Rows>(text: string, ...values: unknown[]) =>
      (await send(text, values)).rows as Rows,
  };
}
