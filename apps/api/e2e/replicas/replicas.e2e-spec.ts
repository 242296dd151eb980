import { randomUUID } from 'node:crypto';
import type { PhoneNumberResponse, SessionResponse } from '@voxreach/contracts';
import { bodyOf, type Organization } from '../support/api';
import { importNumber, IMPORTS } from '../support/builders';
import type { Client } from '../support/client';
import { runCommand } from '../support/command';
import { cookieOf } from '../support/cookie';
import { eventually } from '../support/eventually';
import { listen, type Listening, toldOf } from '../support/listening';
import { type Asked, repeat, startLoad } from './load';
import { type Replica, ReplicaSet } from './replica-set';

/** Runs on a PostgreSQL server, and with a Redis: three servers and a proxy as processes share both. */
const REDIS_URL = process.env['E2E_REDIS_URL'] ?? '';

/** Several looks of the proxy at who is ready. */
const DRAIN_MS = 3_000;

const REQUESTS = 300;

/** For what takes as long as the machine is busy. */
const PATIENCE_MS = 60_000;

let set: ReplicaSet;
let first: Replica;
let second: Replica;
let third: Replica;
let acme: Organization;

beforeAll(async () => {
  set = await new ReplicaSet().start(3, { REDIS_URL, STOP_DRAIN_MS: String(DRAIN_MS) });
  const [a, b, c] = set.replicas;
  if (a === undefined || b === undefined || c === undefined) throw new Error('There are not three replicas');
  [first, second, third] = [a, b, c];
  acme = await set.api.organization();
});

afterAll(() => set.stop());

const wrong = ({ kind, status }: Asked): boolean => status !== (kind === 'read' ? 200 : 201);

/** Every number of ours is at Vapi exactly once, so is every credential, and nothing else is there or half done. */
async function expectAgreement(): Promise<void> {
  const { rows } = await set.api.db.query<{ kind: string; id: string | null; lifecycle: string }>(
    `SELECT 'number' AS kind, vapi_phone_number_id AS id, lifecycle::text AS lifecycle FROM phone_numbers
     UNION ALL SELECT 'credential', vapi_credential_id, lifecycle::text FROM credentials
     UNION ALL SELECT 'credential', vapi_credential_id, 'live' FROM webhook_credentials`,
  );
  expect(rows.filter(({ lifecycle }) => lifecycle !== 'live')).toEqual([]);
  const { phoneNumbers, credentials } = set.api.sandbox.snapshot();
  const { phoneNumberId, credentialId } = set.api.sandbox.operatorIds;
  const idsOf = (kind: string) => rows.filter((row) => row.kind === kind).map(({ id }) => id);
  const others = (items: { id: string }[], own: string) =>
    items.map(({ id }) => id).filter((id) => id !== own);
  expect(others(phoneNumbers, phoneNumberId).toSorted()).toEqual(idsOf('number').toSorted());
  expect(others(credentials, credentialId).toSorted()).toEqual(idsOf('credential').toSorted());
}

/** An event that is lost does no harm, since clients load what they show: then the next one is heard. */
async function expectHeard(streams: Listening[], client: Client): Promise<void> {
  await eventually(async () => {
    const { id } = bodyOf(await client.post<PhoneNumberResponse>('/api/phone-numbers', IMPORTS.twilio()));
    await eventually(() => {
      for (const stream of streams) expect(toldOf(stream)).toContain(id);
    }, 2_000);
  }, PATIENCE_MS);
}

/** Jobs of this kind that have been done, as the job engine has them. */
async function jobsDone(kind: string): Promise<number> {
  const { rows } = await set.api.db.query<{ done: number }>(
    `SELECT count(*)::int AS done FROM jobs.job WHERE name = $1 AND state = 'completed'`,
    [kind],
  );
  return rows[0]?.done ?? 0;
}

const jobsRun = (kind: string, outcome: 'done' | 'failed') =>
  set.sum(`voxreach_job_duration_seconds_count{kind="${kind}",outcome="${outcome}"}`);

describe('Three replicas behind a proxy', () => {
  test('take requests in turn', async () => {
    const seen = new Set<string | null>();
    await eventually(async () => {
      seen.add((await acme.get('/api/agents')).headers.get('x-replica'));
      expect(seen.size).toBe(3);
    });
  });

  test('each know who has signed in at another one', async () => {
    const signedIn = await set.at(first).post<SessionResponse>('/api/auth/login', acme.login);
    const { accessToken } = bodyOf(signedIn);
    for (const replica of set.replicas)
      expect((await set.at(replica, accessToken).get('/api/agents')).status).toBe(200);
    const refreshed = await set.at(second).post<SessionResponse>('/api/auth/refresh', undefined, {
      headers: { cookie: cookieOf(signedIn) },
    });
    expect((await set.at(third, bodyOf(refreshed).accessToken).get('/api/agents')).status).toBe(200);
  });

  test('tell whoever listens at one of them what was changed at another one', async () => {
    const heard = await Promise.all(set.replicas.map(({ url }) => listen(url, acme.token)));
    await expectHeard(heard, set.at(first, acme.token));
    for (const each of heard) each.stop();
  }, 120_000);

  test('do each job once', async () => {
    const numbers = await Promise.all(Array.from({ length: 30 }, () => importNumber(acme)));
    await eventually(async () => {
      const { rows } = await set.api.db.query('SELECT FROM phone_numbers WHERE status <> $1', ['active']);
      expect(rows).toHaveLength(0);
    }, PATIENCE_MS);
    for (const kind of ['follow-phone-number-status', 'recover']) {
      await eventually(async () => expect(await jobsRun(kind, 'done')).toBe(await jobsDone(kind)));
      expect(await jobsRun(kind, 'failed')).toBe(0);
    }
    const { rows } = await set.api.db.query<{ id: string }>(
      'SELECT vapi_phone_number_id AS id FROM phone_numbers WHERE id = ANY($1::uuid[])',
      [numbers.map(({ id }) => id)],
    );
    const looks = set.api.sandbox.requests.filter(({ method }) => method === 'GET');
    // Each number is active long before its first look, so each is looked at once.
    expect(rows.map(({ id }) => looks.filter(({ path }) => path.endsWith(id)).length)).toEqual(
      numbers.map(() => 1),
    );
  });
});

describe('A replica that is told to stop under load', () => {
  test('loses no request, says early that it is not ready, and ends with 0', async () => {
    set.api.sandbox.inject({ method: 'POST', path: /phone-number/, kind: 'delay', ms: 100, times: Infinity });
    const load = startLoad(acme, REQUESTS);
    await eventually(() => expect(load.asked.length).toBeGreaterThan(REQUESTS / 5), PATIENCE_MS);
    const exit = set.end(second, 'SIGTERM');
    const told = await eventually(async () => {
      const reply = await set.at(second).get('/api/health/ready');
      expect(reply.status).toBe(503);
      return reply;
    });
    expect(told.headers.get('connection')).toBe('close');
    // It still takes what a proxy sends that has not noticed, and its answer is the last on that connection.
    const late = await set.at(second, acme.token).get('/api/agents');
    expect([late.status, late.headers.get('connection')]).toEqual([200, 'close']);
    const stream = await listen(second.url, acme.token);
    expect(await exit).toEqual({ code: 0, signal: null });
    await eventually(() => expect(stream.hasEnded).toBe(true));
    await load.finished;
    set.api.sandbox.clearFaults();
    expect(load.asked.filter(wrong)).toEqual([]);
    expect(load.asked).toHaveLength(REQUESTS);
    await expectAgreement();
    await set.launch(second);
  }, 120_000);
});

describe('A replica that is killed under load', () => {
  /** What was under way at the one that was killed. */
  const cutOff: Pick<Asked, 'key' | 'body'>[] = [];
  const asked: Asked[] = [];

  test('takes nothing with it but what was under way there', async () => {
    // The proxy has them in turn, so one stream is there.
    const streams = await Promise.all(set.replicas.map(() => listen(set.proxyUrl, acme.token)));
    const lost = streams.find(({ headers }) => headers.get('x-replica') === String(third.port));
    const held = { key: randomUUID(), body: IMPORTS.vonage() };
    set.api.sandbox.inject({ method: 'POST', path: /phone-number/, kind: 'hang-after' });
    const holding = repeat(set.at(third, acme.token), held).catch(() => 'cut off');
    await eventually(() =>
      expect(set.api.sandbox.snapshot().phoneNumbers.map(({ number }) => number)).toContain(
        held.body['number'],
      ),
    );
    set.api.sandbox.inject({ method: 'POST', path: /phone-number/, kind: 'delay', ms: 100, times: Infinity });
    const load = startLoad(acme, REQUESTS);
    await eventually(() => expect(load.asked.length).toBeGreaterThan(REQUESTS / 5), PATIENCE_MS);
    await set.end(third, 'SIGKILL');
    expect(await holding).toBe('cut off');
    await load.finished;
    set.api.sandbox.clearFaults();

    asked.push(...load.asked);
    const failed = asked.filter(wrong);
    expect(asked).toHaveLength(REQUESTS);
    expect(failed.filter(({ status, replica }) => status !== 502 || replica !== third.port)).toEqual([]);
    cutOff.push(held, ...failed.filter(({ kind }) => kind === 'import'));

    await eventually(() => expect(lost?.hasEnded).toBe(true));
    const again = await listen(set.proxyUrl, acme.token);
    await expectHeard([again], acme);
    for (const each of [...streams, again]) each.stop();
  }, 120_000);

  test('has what it held taken over by another one', async () => {
    // Stands for the time that the killed one had for it.
    for (const table of ['phone_numbers', 'credentials', 'idempotency_keys'])
      await set.api.db.query(`UPDATE ${table} SET lease_until = now() WHERE lease_until > now()`);
    const { code, said } = await runCommand(set.api.env, 'reconcile');
    expect({ code, said }).toMatchObject({ code: 0 });
    await expectAgreement();
    const survivors = [first, second];
    const settled = 'voxreach_recovery_settlements_total{table="phone_numbers",outcome="settled"}';
    expect(await set.sum(settled, survivors)).toBeGreaterThanOrEqual(1);
  });

  test('leaves each client that repeats its import with one number', async () => {
    const replies = await Promise.all(cutOff.map((each) => repeat(acme, each)));
    expect(replies.map(({ status }) => status)).toEqual(cutOff.map(() => 201));
    await expectAgreement();
    const wanted = [...cutOff, ...asked.filter(({ kind, status }) => kind === 'import' && status === 201)];
    const held = set.api.sandbox.snapshot().phoneNumbers.map(({ number }) => number);
    for (const { body } of wanted) expect(held.filter((number) => number === body['number'])).toHaveLength(1);
  });
});

test('What is scheduled is done once each time, whoever does it', async () => {
  const occurrences = () =>
    set.api.db.query<{ minute: Date; count: number }>(
      `SELECT date_trunc('minute', created_on) AS minute, count(*)::int AS count FROM jobs.job
       WHERE name = '__pgboss__send-it' GROUP BY 1`,
    );
  await eventually(async () => expect((await occurrences()).rows).not.toEqual([]), 2 * PATIENCE_MS);
  expect((await occurrences()).rows.filter(({ count }) => count > 1)).toEqual([]);
}, 150_000);
