/**
 * Writes what the built server says of itself into libs/client: the OpenAPI document, and that this version has it. Refuses a document
 * that has changed while its version has not. With a commit it writes nothing, and looks that no version of that commit has got another
 * document since.
 *
 *   npm run client
 *   node tools/client-document.mjs HEAD^
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { start } from '../bench/support/installation.mjs';
import { rewritten, withVersionOf } from '../libs/client/document/versions.mjs';

const DOCUMENT = 'libs/client/openapi.json';
const VERSIONS = 'libs/client/versions.json';

const versions = JSON.parse(readFileSync(VERSIONS, 'utf8'));
const writeJson = (path, value) => writeFileSync(path, `${JSON.stringify(value, null, 2)}\n`);

const [commit] = process.argv.slice(2);
try {
  if (commit === undefined) await write();
  else compareWith(commit);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}

async function write() {
  const document = await servedDocument();
  writeJson(VERSIONS, withVersionOf(versions, document));
  writeJson(DOCUMENT, document);
  console.log(`${DOCUMENT} is the document of version ${document.info.version}.`);
}

async function servedDocument() {
  const dataDir = mkdtempSync(join(tmpdir(), 'voxreach-client-'));
  try {
    const server = await start('dist/apps/api/main.js', { PORT: '0', HOST: '127.0.0.1', DATA_DIR: dataDir });
    try {
      return await (await fetch(`${server.url}/api/openapi.json`)).json();
    } finally {
      await server.stop();
    }
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** A commit from before the client was there has no versions. */
function compareWith(base) {
  const git = (...args) => execFileSync('git', args, { encoding: 'utf8' });
  const hasVersions = git('ls-tree', '--name-only', base, '--', VERSIONS) !== '';
  const before = hasVersions ? JSON.parse(git('show', `${base}:${VERSIONS}`)) : {};
  const changed = rewritten(before, versions);
  if (changed.length > 0)
    throw new Error(`Versions of ${base} whose document has changed since: ${changed.join(', ')}`);
}
