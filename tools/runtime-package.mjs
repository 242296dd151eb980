/**
 * Puts what runs in production into dist/runtime: the built server without the sandbox, the built dashboard, and just the packages that
 * the server imports, in the versions of our lock file and without what nobody reads at run time.
 *
 *   npm run build && npm run runtime
 *   NODE_ENV=production … node dist/runtime/api/main.js
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { neededPackages } from './needed-packages.mjs';

const TARGET = 'dist/runtime';

const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'));
const writeJson = (path, value) => writeFileSync(path, `${JSON.stringify(value, null, 2)}\n`);

const { name, version, license, dependencies: declared, overrides } = readJson('package.json');
const lock = readJson('package-lock.json');
const imported = readJson('dist/apps/api/packages.json');

const undeclared = imported.filter((id) => !(id in declared));
if (undeclared.length > 0) throw new Error(`Not among the dependencies: ${undeclared.join(', ')}`);

const dependencies = Object.fromEntries(
  imported.map((id) => [id, lock.packages[`node_modules/${id}`].version]),
);
// What we let packages have in place of what they ask for is in the lock file, and has to be allowed here too.
const manifest = { name, version, license, private: true, type: 'module', dependencies, overrides };

rmSync(TARGET, { recursive: true, force: true });
mkdirSync(TARGET, { recursive: true });
writeJson(`${TARGET}/package.json`, manifest);
writeJson(`${TARGET}/package-lock.json`, {
  name,
  version,
  lockfileVersion: lock.lockfileVersion,
  requires: true,
  packages: {
    '': manifest,
    ...Object.fromEntries(
      [...neededPackages(lock, imported)].map(([place, entry]) => [place, withoutDevMarks(entry)]),
    ),
  },
});
cpSync('dist/apps/api', `${TARGET}/api`, { recursive: true, filter: isForProduction });
cpSync('tools/healthcheck.mjs', `${TARGET}/healthcheck.mjs`);
cpSync('dist/apps/web/browser', `${TARGET}/web/browser`, { recursive: true });
// None of these packages needs a script of its own to be installed.
const { status } = spawnSync('npm', ['ci', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund'], {
  cwd: TARGET,
  stdio: 'inherit',
});
if (status !== 0) process.exit(1);
for (const path of unread()) rmSync(path);
console.log(
  `${TARGET} has ${megabytes(filesIn(TARGET))} MB, ${megabytes(filesIn(`${TARGET}/node_modules`))} of them packages.`,
);

function isForProduction(path) {
  const file = basename(path);
  return !file.endsWith('.map') && !file.startsWith('vapi-sandbox-') && file !== 'packages.json';
}

/** What development needs as well is marked, and would be left out here. */
function withoutDevMarks(entry) {
  return Object.fromEntries(Object.entries(entry).filter(([key]) => key !== 'dev' && key !== 'devOptional'));
}

/** Files of packages for editors and debuggers, and Prisma's engines for other databases, two thirds of all. */
function unread() {
  const server = filesIn(`${TARGET}/api`)
    .filter((path) => path.endsWith('.js'))
    .map((path) => readFileSync(path, 'utf8'))
    .join('\n');
  return filesIn(`${TARGET}/node_modules`).filter((path) => {
    const file = basename(path);
    if (/\.map$|\.d\.[cm]?ts$/.test(file)) return true;
    return /^query_compiler_.*\.[cm]?js$/.test(file) && !server.includes(file);
  });
}

function filesIn(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

function megabytes(paths) {
  return Math.round(paths.reduce((sum, path) => sum + statSync(path).size, 0) / 1_000_000);
}
