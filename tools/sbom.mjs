/**
 * Writes the bill of materials of what is shipped, dist/sbom.cdx.json (CycloneDX), and refuses what nobody has looked at: a licence that
 * is not on the list, or a package with an install script on which package.json does not decide.
 *
 *   npm run sbom
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { neededPackages } from './needed-packages.mjs';

/** Licences that ask for no more than to be named. */
const LICENCES = new Set([
  'MIT',
  'Apache-2.0',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'BlueOak-1.0.0',
  'OFL-1.1',
  'Python-2.0',
  '(MIT OR CC0-1.0)',
]);

const lock = readJson('package-lock.json');
const { dependencies, allowScripts } = readJson('package.json');

// Of everything that is installed: `--omit dev` would also leave out what development needs as well.
const { stdout } = spawnSync('npm', ['sbom', '--sbom-format', 'cyclonedx'], {
  encoding: 'utf8',
  maxBuffer: 64 * 1_024 * 1_024,
});
const bill = shippedOf(JSON.parse(stdout));
mkdirSync('dist', { recursive: true });
writeFileSync('dist/sbom.cdx.json', JSON.stringify(bill, null, 2));

const problems = [
  ...bill.components
    .filter(
      (component) => component.scope !== 'excluded' && !licencesOf(component).every((id) => LICENCES.has(id)),
    )
    .map(({ name, version, licenses }) => `${name}@${version} has the licence ${JSON.stringify(licenses)}`),
  ...undecidedScripts().map((name) => `${name} has an install script: decide in package.json, allowScripts`),
];
for (const problem of problems) console.error(problem);
console.log(`${bill.components.length} packages are shipped; dist/sbom.cdx.json lists them.`);
process.exit(problems.length === 0 ? 0 : 1);

function shippedOf({ components, dependencies: relations, ...bill }) {
  const needed = new Set(
    [...neededPackages(lock, Object.keys(dependencies))].map(
      ([place, { version }]) => `${place.replace(/^.*node_modules\//, '')}@${version}`,
    ),
  );
  const shipped = components.filter((component) => needed.has(component['bom-ref']));
  const refs = new Set(shipped.map((component) => component['bom-ref']));
  return {
    ...bill,
    components: shipped,
    dependencies: relations
      .filter(({ ref }) => refs.has(ref) || ref === bill.metadata.component['bom-ref'])
      .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((each) => refs.has(each)) })),
  };
}

function readJson(path) {
  return JSON.parse(readFileSync(path, 'utf8'));
}

function licencesOf({ name, licenses = [] }) {
  // Its package.json says nothing; its readme does.
  if (name === 'pause') return ['MIT'];
  const ids = licenses.map(({ license, expression }) => expression ?? license?.id ?? license?.name);
  return ids.length === 0 ? ['none'] : ids;
}

function undecidedScripts() {
  const withScripts = Object.entries(lock.packages)
    .filter(([, entry]) => entry.hasInstallScript)
    .map(([path]) => path.replace(/^.*node_modules\//, ''));
  return [...new Set(withScripts)].filter((name) => !(name in allowScripts));
}
