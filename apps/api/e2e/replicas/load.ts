import { randomUUID } from 'node:crypto';
import type { Client, Reply } from '../support/client';
import { IMPORTS } from '../support/builders';

const WORKERS = 12;

/** A request through the proxy, and what came of it. */
export interface Asked {
  kind: 'read' | 'import';
  /** Of an import: its `Idempotency-Key`, and what was sent. */
  key: string;
  body: Record<string, unknown>;
  /** 0: the answer broke off. */
  status: number;
  /** The port of the replica that it was sent to last. */
  replica: number;
}

/** Requests that are made meanwhile: two reads for each import. */
export interface Load {
  /** Grows as answers come. */
  readonly asked: Asked[];
  /** Resolves after the last one. */
  readonly finished: Promise<unknown>;
}

export function startLoad(client: Client, count: number): Load {
  const asked: Asked[] = [];
  let begun = 0;
  const work = async () => {
    while (begun < count) {
      const turn = begun++;
      asked.push(await (turn % 3 === 0 ? importOne(client, turn) : read(client)));
    }
  };
  return { asked, finished: Promise.all(Array.from({ length: WORKERS }, work)) };
}

export const repeat = (client: Client, { key, body }: Pick<Asked, 'key' | 'body'>): Promise<Reply> =>
  client.post('/api/phone-numbers', body, { headers: { 'idempotency-key': key } });

async function importOne(client: Client, turn: number): Promise<Asked> {
  const key = randomUUID();
  const body = turn % 2 === 0 ? IMPORTS.twilio() : IMPORTS.vonage();
  return { kind: 'import', key, body, ...(await outcomeOf(repeat(client, { key, body }))) };
}

async function read(client: Client): Promise<Asked> {
  return { kind: 'read', key: '', body: {}, ...(await outcomeOf(client.get('/api/phone-numbers?limit=20'))) };
}

async function outcomeOf(reply: Promise<Reply>): Promise<Pick<Asked, 'status' | 'replica'>> {
  try {
    const { status, headers } = await reply;
    return { status, replica: Number(headers.get('x-replica')) };
  } catch {
    return { status: 0, replica: 0 };
  }
}
