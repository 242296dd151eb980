import { randomBytes } from 'node:crypto';
import type { NewApiKeyResponse, SessionResponse } from '@voxreach/contracts';
import { Api, bodyOf } from '../support/api';
import { Client, type Reply } from '../support/client';
import { eventually } from '../support/eventually';
import { freshEmail } from '../support/people';
import { problemOf } from '../support/problem';
import { openRedisLine, type RedisLine } from '../support/redis-line';
import { ServerProcess } from '../support/server-process';

const REDIS_URL = process.env['E2E_REDIS_URL'] ?? '';

const LIMIT = 20;

/** Runs on a PostgreSQL server, and with a Redis: two processes share both. */
let line: RedisLine;
let api: Api;
let second: ServerProcess;
let secondUrl: string;

beforeAll(async () => {
  line = await openRedisLine(REDIS_URL);
  const env = { REDIS_URL: line.url, RATE_LIMIT_PER_MINUTE: String(LIMIT), TRUST_PROXY: 'true' };
  api = await new Api({ env }).start();
  second = new ServerProcess(api.env);
  secondUrl = await second.ready();
});

afterAll(async () => {
  await second.end('SIGTERM');
  await api.stop();
  await line.close();
});

afterEach(() => line.mend());

/** An address that no other run of this suite had, since Redis remembers. */
const freshAddress = () => ({
  'x-forwarded-for': `2001:db8:${randomBytes(2).toString('hex')}::${randomBytes(2).toString('hex')}`,
});

/** The same caller at both replicas. */
const atBoth = (token?: string): [Client, Client] => [
  new Client(api, token),
  new Client({ url: secondUrl, record: (answer) => api.record(answer) }, token),
];

const register = async () => {
  const login = { email: freshEmail(), password: 'three unusual words' };
  const body = { organizationName: 'Acme', name: 'Olga Owner', ...login };
  const reply = await api.anonymous.post<SessionResponse>('/api/auth/register', body, {
    headers: freshAddress(),
  });
  return { login, token: bodyOf(reply).accessToken };
};

const signIn = (client: Client, login: object) =>
  client.post('/api/auth/login', login, { headers: freshAddress() });

/** How many of so many requests are answered, one after the other, in turns at each. */
async function answered(clients: readonly Client[], count: number): Promise<Reply[]> {
  const replies: Reply[] = [];
  for (let request = 0; request < count; request++) {
    const client = clients[request % clients.length];
    if (client !== undefined) replies.push(await client.get('/api/agents'));
  }
  return replies;
}

const countOf = (replies: Reply[], status: number) =>
  replies.filter((reply) => reply.status === status).length;

/** Waits until both replicas count in Redis again, which a caller of its own shows. */
async function countTogether(): Promise<void> {
  await eventually(async () => {
    const { token } = await register();
    expect(countOf(await answered(atBoth(token), LIMIT + 4), 200)).toBe(LIMIT);
  }, 30_000);
}

describe('Two replicas with one Redis', () => {
  test('count the requests of one person together', async () => {
    const replies = await answered(atBoth((await register()).token), LIMIT + 6);
    expect(replies.map(({ status }) => status)).toEqual([
      ...Array.from({ length: LIMIT }, () => 200),
      ...Array.from({ length: 6 }, () => 429),
    ]);
    const last = replies.at(-1);
    expect(Number(last?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(Number(last?.headers.get('retry-after'))).toBeLessThanOrEqual(60);
  });

  test('count the requests of one API key together, and of each key by itself', async () => {
    const { token } = await register();
    const make = async () => {
      const body = { name: 'Script', scopes: ['agents:read'] };
      return bodyOf(await api.as(token).post<NewApiKeyResponse>('/api/api-keys', body)).key;
    };
    const [one, other] = [await make(), await make()];
    expect(countOf(await answered(atBoth(one), LIMIT + 6), 200)).toBe(LIMIT);
    expect(countOf(await answered(atBoth(other), LIMIT), 200)).toBe(LIMIT);
  });

  test('count the requests from one address together where nobody is signed in', async () => {
    const headers = freshAddress();
    const clients = atBoth();
    const statuses: number[] = [];
    for (let request = 0; request < LIMIT + 2; request++)
      statuses.push(
        (await clients[request % 2]?.post('/api/auth/refresh', undefined, { headers }))?.status ?? 0,
      );
    expect(statuses).toEqual([...Array.from({ length: LIMIT }, () => 401), 429, 429]);
  });

  test('count failed sign-ins together, and wait together', async () => {
    const { login } = await register();
    const [one, other] = atBoth();
    for (let failure = 0; failure < 5; failure++)
      for (const client of [one, other])
        problemOf(await signIn(client, { ...login, password: 'a wrong guess' }), 'UNAUTHENTICATED');
    const refused = await signIn(one, login);
    problemOf(refused, 'RATE_LIMITED');
    expect(refused.headers.get('retry-after')).toBe('900');
    const elsewhere = await signIn(other, login);
    problemOf(elsewhere, 'RATE_LIMITED');
    expect(Number(elsewhere.headers.get('retry-after'))).toBeGreaterThan(800);
    expect(Number(elsewhere.headers.get('retry-after'))).toBeLessThanOrEqual(900);
  });

  test('let no more than ten failures through at the same moment', async () => {
    const { login } = await register();
    const clients = atBoth();
    const guesses = Array.from({ length: 30 }, (_, index) =>
      signIn(clients[index % 2] ?? api.anonymous, { ...login, password: 'a wrong guess' }),
    );
    const replies = await Promise.all(guesses);
    expect([countOf(replies, 401), countOf(replies, 429)]).toEqual([10, 20]);
  });

  test('forgive together', async () => {
    const { login } = await register();
    const [one, other] = atBoth();
    for (const [failing, succeeding] of [
      [one, other],
      [other, one],
    ] as const) {
      for (let failure = 0; failure < 9; failure++)
        problemOf(await signIn(failing, { ...login, password: 'a wrong guess' }), 'UNAUTHENTICATED');
      expect((await signIn(succeeding, login)).status).toBe(200);
    }
  });
});

describe('Two replicas whose Redis is gone', () => {
  test('go on, and each counts for itself', async () => {
    const { token } = await register();
    line.cut();
    const [one, other] = atBoth(token);
    expect(countOf(await answered([one], LIMIT + 3), 200)).toBe(LIMIT);
    expect(countOf(await answered([other], LIMIT + 3), 200)).toBe(LIMIT);
  });

  test('still slow down guessing', async () => {
    const { login } = await register();
    line.cut();
    for (const client of atBoth()) {
      for (let failure = 0; failure < 10; failure++)
        problemOf(await signIn(client, { ...login, password: 'a wrong guess' }), 'UNAUTHENTICATED');
      problemOf(await signIn(client, login), 'RATE_LIMITED');
    }
  });

  test('go on when it swallows what it is asked, and say so', async () => {
    await countTogether();
    const { token, login } = await register();
    line.stall();
    for (const client of atBoth(token)) expect((await client.get('/api/agents')).status).toBe(200);
    for (const client of atBoth()) expect((await signIn(client, login)).status).toBe(200);
  });

  test('count together again once it is back', async () => {
    line.cut();
    const { token } = await register();
    await answered(atBoth(token), 4);
    line.mend();
    await countTogether();
  });

  test('say in the log that it cannot be reached, and nothing of what was asked', async () => {
    const { login } = await register();
    line.cut();
    await eventually(() => expect(api.logs).toContain('Redis cannot be reached'));
    expect(api.logs).not.toContain(login.email);
  });
});

describe('A server that is started', () => {
  const start = async (redisUrl: string) => {
    const server = new ServerProcess({ ...api.env, REDIS_URL: redisUrl });
    return { server, url: await server.ready() };
  };

  test('without its Redis serves all the same, and uses it once it is there', async () => {
    line.cut();
    const { server, url } = await start(line.url);
    const { token } = await register();
    const client = new Client({ url, record: () => undefined }, token);
    expect((await client.get('/api/agents')).status).toBe(200);
    line.mend();
    await countTogether();
    await eventually(async () => {
      const fresh = await register();
      const clients = [...atBoth(fresh.token), new Client({ url, record: () => undefined }, fresh.token)];
      expect(countOf(await answered(clients, LIMIT + 4), 200)).toBe(LIMIT);
    }, 30_000);
    expect(await server.end('SIGTERM')).toEqual({ code: 0, signal: null });
  });

  test('with a password that Redis does not take serves all the same, and keeps it to itself', async () => {
    const password = `redis-canary-${randomBytes(9).toString('hex')}`;
    const refused = new URL(line.url);
    refused.username = 'nobody';
    refused.password = password;
    const { server, url } = await start(refused.href);
    const { token } = await register();
    const reply = await new Client({ url, record: () => undefined }, token).get('/api/agents');
    expect(reply.status).toBe(200);
    await eventually(() => expect(server.output).toMatch(/Redis cannot be reached/));
    await server.end('SIGTERM');
    expect(server.output).toMatch(/WRONGPASS/);
    expect(server.output).not.toContain(password);
  });
});
