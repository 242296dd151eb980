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
