import { SpanKind } from '@opentelemetry/api';
import pg from 'pg';
import { spanned, type Step } from '../tracing/tracing';
import { beginInScope } from './scope';

/** What the driver adapter sends. */
type Statement = pg.QueryConfig & { text: string };

/** A connection whose transactions begin in the scope of whoever runs them. */
class ScopedClient extends pg.Client {
  override query = ((config: Statement, ...rest: unknown[]) => {
    // Several commands in one message, which cannot have a name.
    const scoped = config.text === 'BEGIN' ? { ...config, text: beginInScope(), name: '' } : config;
    return (super.query as (...args: unknown[]) => unknown)(scoped, ...rest);
  }) as pg.Client['query'];
}

/**
 * A pool for Prisma whose every statement runs in a scope: inside a transaction, or else in one of its own, which costs no further
 * round trip, since its three messages are sent at once.
 */
export function createScopedPool(config: pg.PoolConfig): pg.Pool {
  const pool = new pg.Pool({ ...config, Client: ScopedClient, pipeline: true } as pg.PoolConfig);
  const query = async (statement: Statement) => {
    const begin = beginInScope();
    const client = (await pool.connect()) as pg.PoolClient & pg.Client;
    client.on('error', leaveToStatements);
    try {
      const { stream } = client.connection;
      stream.cork();
      const sent = [client.query(begin), client.query(statement), client.query('COMMIT')];
      stream.uncork();
      const [, answer] = await settled(sent);
      client.release();
      return answer;
    } catch (error) {
      // A connection that is not certainly out of its transaction is not used again.
      client.release(!(error instanceof pg.DatabaseError));
      throw error;
    } finally {
      client.off('error', leaveToStatements);
    }
  };
  pool.query = ((statement: Statement) =>
    spanned(stepOf(statement), () => query(statement))) as pg.Pool['query'];
  return pool;
}

/**
 * A transaction in the scope of whoever runs, over one connection of the pool. It begins in the message of its first statement, and statements that are sent
 * in the same turn go out together, in their order: each such message is one round trip.
 */
export async function transact<T>(
  pool: pg.Pool,
  work: (send: (statement: Statement) => Promise<pg.QueryResult>) => Promise<T>,
): Promise<T> {
  const begin = beginInScope();
  const client = (await pool.connect()) as pg.PoolClient & pg.Client;
  client.on('error', leaveToStatements);
  const { stream } = client.connection;
  const send = (statement: Statement): Promise<pg.QueryResult> => {
    stream.cork();
    process.nextTick(() => stream.uncork());
    return client.query(statement);
  };
  try {
    const begun = send({ text: begin });
    begun.catch(leaveToStatements);
    const result = await work(async (statement) => {
      // Without its beginning no statement counts as carried out.
      const [, answer] = await Promise.all([begun, send(statement)]);
      return answer;
    });
    const { command } = await client.query('COMMIT');
    // So PostgreSQL answers when a statement has failed, whoever has caught that.
    if (command !== 'COMMIT')
      throw new Error('The transaction was rolled back, since a statement has failed');
    client.release();
    return result;
  } catch (error) {
    // After whatever is still under way. A connection that is not certainly out of its transaction is not used again.
    const isOver = await client.query('ROLLBACK').then(Boolean, () => false);
    client.release(!isOver);
    throw error;
  } finally {
    client.off('error', leaveToStatements);
  }
}

/** By its verb alone: what a statement says may name what it is about. */
function stepOf({ text }: Statement): Step {
  const verb = /^\s*(SELECT|INSERT|UPDATE|DELETE|WITH)\b/i.exec(text)?.[1]?.toUpperCase() ?? 'OTHER';
  const facts = { 'db.system.name': 'postgresql', 'db.operation.name': verb } as const;
  return { name: verb, kind: SpanKind.CLIENT, facts };
}

/** A connection that breaks fails its statements, which is enough; with nobody listening it would end the process as well. */
const leaveToStatements = (): void => undefined;

/** Waits for all of them, also when one fails: the connection is free only then. */
async function settled(sent: Promise<pg.QueryResult>[]): Promise<pg.QueryResult[]> {
  const outcomes = await Promise.allSettled(sent);
  return outcomes.map((outcome) => {
    if (outcome.status === 'rejected') throw outcome.reason;
    return outcome.value;
  });
}
