// Runs the API's end-to-end tests against a real PostgreSQL server: the one of E2E_DATABASE_URL, else one that answers
// on this machine, else one that is started for the tests from the system's binaries.
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';

const LOCAL_URL = 'postgresql://postgres@127.0.0.1:5432/postgres';

const isRoot = process.getuid?.() === 0;

const givenUrl = process.env.E2E_DATABASE_URL;
const runningUrl = (await firstAnswering([givenUrl, LOCAL_URL])) ?? null;
if (givenUrl && runningUrl !== givenUrl) console.warn('No server answers at E2E_DATABASE_URL.');
const server = runningUrl === null ? await startServer() : { url: runningUrl, stop: () => undefined };

for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => undefined);
try {
  console.log(`Testing on PostgreSQL at ${withoutPassword(server.url)}`);
  process.exitCode = await runTests(server.url);
} finally {
  server.stop();
}

/** The first address where a server lets us create databases. */
async function firstAnswering(urls) {
  for (const url of urls) {
    if (url && (await canCreateDatabases(url))) return url;
  }
  return undefined;
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
  if (!isRoot || !existsSync('/usr/bin/apt-get')) {
    throw new Error('No PostgreSQL was found. Install it, or set E2E_DATABASE_URL to a server.');
  }
  run('apt-get', ['install', '-y', '--no-install-recommends', 'postgresql']);
  const binaries = findBinaries();
  if (binaries === undefined) throw new Error('PostgreSQL was installed, but its programs were not found.');
  return binaries;
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
function runTests(url) {
  const tests = fileURLToPath(new URL('run-tests.mjs', import.meta.url));
  const child = spawn(process.execPath, [tests, 'api', 'e2e'], {
    stdio: 'inherit',
    env: { ...process.env, E2E_DATABASE_URL: url },
  });
  return new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1)));
}

function withoutPassword(url) {
  const shown = new URL(url);
  shown.password = '';
  return shown.href;
}
