// Runs the API's end-to-end tests against a real PostgreSQL server and, for what several replicas share, a Redis: those of
// E2E_DATABASE_URL and E2E_REDIS_URL, else ones that answer on this machine, else ones that are started for the tests from the system's
// binaries.
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Redis } from 'ioredis';
import pg from 'pg';

const LOCAL_URL = 'postgresql://postgres@127.0.0.1:5432/postgres';
const LOCAL_REDIS_URL = 'redis://127.0.0.1:6379';

const isRoot = process.getuid?.() === 0;

const stops = [];
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => undefined);
try {
  const databaseUrl = await serverFor({
    name: 'E2E_DATABASE_URL',
    localUrl: LOCAL_URL,
    answers: canCreateDatabases,
    start: startServer,
  });
  const redisUrl = await serverFor({
    name: 'E2E_REDIS_URL',
    localUrl: LOCAL_REDIS_URL,
    answers: isRedis,
    start: startRedis,
  });
  console.log(
    `Testing on PostgreSQL at ${withoutPassword(databaseUrl)}, Redis at ${withoutPassword(redisUrl)}`,
  );
  process.exitCode = await runTests({ E2E_DATABASE_URL: databaseUrl, E2E_REDIS_URL: redisUrl });
} finally {
  for (const stop of stops.toReversed()) stop();
}

/** The address of the environment, else the local one, whichever is the first that answers; else of a server that is started. */
async function serverFor({ name, localUrl, answers, start }) {
  const givenUrl = process.env[name];
  for (const url of [givenUrl, localUrl]) {
    if (url && (await answers(url))) return url;
    if (url && url === givenUrl) console.warn(`No server answers at ${name}.`);
  }
  const { url, stop } = await start();
  stops.push(stop);
  return url;
}

async function canCreateDatabases(url) {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  try {
    await client.connect();
    const { rows } = await client.query(
      'SELECT rolsuper OR rolcreatedb AS allowed FROM pg_roles WHERE rolname = current_user',
    );
    return rows[0]?.allowed === true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function isRedis(url) {
  const client = new Redis(url, { lazyConnect: true, retryStrategy: () => null, connectTimeout: 2_000 });
  // What cannot be reached is said by the failure of `connect`.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return (await client.ping()) === 'PONG';
  } catch {
    return false;
  } finally {
    client.disconnect();
  }
}

/** A Redis on a free port that keeps nothing, gone after `stop`. */
async function startRedis() {
  const binary = findRedis() ?? installRedis();
  const port = await freePort();
  const server = spawn(binary, ['--port', port, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'], {
    stdio: 'ignore',
    cwd: tmpdir(),
  });
  const url = `redis://127.0.0.1:${port}`;
  for (let tries = 0; tries < 100; tries++) {
    if (await isRedis(url)) return { url, stop: () => server.kill() };
    await sleep(100);
  }
  server.kill();
  throw new Error('The Redis that was started does not answer.');
}

function findRedis() {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/local/bin', '/opt/homebrew/bin'];
  const folder = folders.find((each) => existsSync(join(each, 'redis-server')));
  return folder && join(folder, 'redis-server');
}

function installRedis() {
  install('redis-server', 'No Redis was found. Install it, or set E2E_REDIS_URL to a server.');
  const binary = findRedis();
  if (binary === undefined) throw new Error('Redis was installed, but its program was not found.');
  return binary;
}

/** A server on a free port with its data in a temporary folder, both gone after `stop`. */
async function startServer() {
  const binaries = findBinaries() ?? installBinaries();
  const folder = mkdtempSync(join(tmpdir(), 'voxreach-postgres-'));
  const data = join(folder, 'data');
  if (isRoot) {
    chmodSync(folder, 0o755);
    run('chown', ['postgres', folder]);
  }
  const port = await freePort();
  const asPostgres = (name, args) => {
    const command = join(binaries, name);
    // PostgreSQL's own programs refuse to run as root.
    return isRoot ? run('runuser', ['-u', 'postgres', '--', command, ...args]) : run(command, args);
  };
  const stop = () => {
    if (existsSync(data)) asPostgres('pg_ctl', ['stop', '--pgdata', data, '--mode', 'immediate']);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    asPostgres('initdb', ['--pgdata', data, '--username', 'postgres', '--auth', 'trust', '--no-sync']);
    const options = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=${folder} -c fsync=off`;
    asPostgres('pg_ctl', ['start', '--wait', '--pgdata', data, '--log', join(folder, 'log'), '-o', options]);
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
  return { url: `postgresql://postgres@127.0.0.1:${port}/postgres`, stop };
}

/** The folder with initdb and pg_ctl: on the path, or where Debian and others keep the newest version. */
function findBinaries() {
  const versions = ['/usr/lib/postgresql', '/usr/local/pgsql', '/opt/homebrew/opt'].flatMap((root) =>
    existsSync(root)
      ? readdirSync(root)
          .toSorted((a, b) => b.localeCompare(a, undefined, { numeric: true }))
          .map((version) => join(root, version, 'bin'))
      : [],
  );
  const folders = [...(process.env.PATH ?? '').split(delimiter), ...versions, '/usr/local/pgsql/bin'];
  return folders.find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'pg_ctl')));
}

function installBinaries() {
  install('postgresql', 'No PostgreSQL was found. Install it, or set E2E_DATABASE_URL to a server.');
  const binaries = findBinaries();
  if (binaries === undefined) throw new Error('PostgreSQL was installed, but its programs were not found.');
  return binaries;
}

/** Installs a package where that is possible; else says what to do. */
function install(name, advice) {
  if (!isRoot || !existsSync('/usr/bin/apt-get')) throw new Error(advice);
  run('apt-get', ['install', '-y', '--no-install-recommends', name]);
}

function run(command, args) {
  // A background server would hold on to a pipe, so its output goes nowhere.
  const { status, error } = spawnSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'], cwd: '/' });
  if (status !== 0) throw new Error(`${command} failed${error ? `: ${error.message}` : ` (${status})`}`);
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

/** Runs the API's e2e suite, which ends with its totals. Resolves with its exit code. */
function runTests(urls) {
  const tests = fileURLToPath(new URL('run-tests.mjs', import.meta.url));
  const child = spawn(process.execPath, [tests, 'api', 'e2e'], {
    stdio: 'inherit',
    env: { ...process.env, ...urls },
  });
  return new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1)));
}

function withoutPassword(url) {
  const shown = new URL(url);
  shown.password = '';
  return shown.href;
}
