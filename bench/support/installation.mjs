/** What the benchmarks share: a database of their own on a PostgreSQL server, and the built server on it. */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import pg from 'pg';

export const JWT_SECRET = randomBytes(24).toString('hex');

/** A database on BENCH_DATABASE_URL that `drop` takes away again. */
export async function createDatabase() {
  const url = new URL(process.env.BENCH_DATABASE_URL ?? 'postgresql://postgres@127.0.0.1:5432/postgres');
  const name = `voxreach_bench_${process.pid}`;
  const admin = new pg.Client({ connectionString: url.href });
  await admin.connect();
  await admin.query(`CREATE DATABASE ${name}`);
  const own = new URL(url);
  own.pathname = `/${name}`;
  return {
    url: own.href,
    async drop() {
      await admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
      await admin.end();
    },
  };
}

/** Starts a script and resolves with its address and how long it took to say so, in milliseconds. */
export async function start(script, env) {
  const begun = performance.now();
  const child = spawn(process.execPath, [script], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const url = await new Promise((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', (text) => {
      const found = /http:\/\/localhost:\d+/.exec(text);
      if (found !== null) resolve(found[0]);
    });
    child.once('exit', (code) => reject(new Error(`${script} ended with code ${code}`)));
  });
  const stop = () => new Promise((resolve) => child.once('exit', resolve) && child.kill());
  const ask = () => new Promise((resolve) => child.once('message', resolve) && child.send('?'));
  return { url, pid: child.pid, milliseconds: performance.now() - begun, stop, ask };
}

/** The built server, which asks the Vapi at `vapiUrl`. */
export const startServer = (databaseUrl, vapiUrl, env = {}) =>
  start('dist/apps/api/main.js', {
    PORT: '0',
    DATABASE_URL: databaseUrl,
    JWT_SECRET,
    VAPI_API_KEY: 'bench-key',
    VAPI_BASE_URL: vapiUrl,
    RATE_LIMIT_PER_MINUTE: '100000000',
    LOG_LEVEL: 'error',
    HOST: '127.0.0.1',
    ...env,
  });

/** A new organisation: its id, its owner's access token, email and password. */
export async function register(url) {
  const email = `ada-${randomBytes(6).toString('hex')}@example.com`;
  const password = randomBytes(12).toString('hex');
  const person = { organizationName: 'Acme', name: 'Ada', email, password };
  const { accessToken, organization } = await post(`${url}/api/auth/register`, person);
  return { token: accessToken, organizationId: organization.id, email, password };
}

/** Another access token for an owner. */
export async function signIn(url, { email, password }) {
  return (await post(`${url}/api/auth/login`, { email, password })).accessToken;
}

async function post(url, body) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(await response.text());
  return response.json();
}

/** The value below which the part `q` of all values is. */
export const quantile = (values, q) => values.toSorted((a, b) => a - b)[Math.floor(q * (values.length - 1))];
