/**
 * Writes the bill of materials of what is shipped, dist/sbom.cdx.json (CycloneDX), and refuses what nobody has looked at: a licence that
 * is not on the list, or a package with an install script on which package.json does not decide.
 *
 *   npm run sbom
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';

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
  '(MIT OR CC0-1.0)',
]);

const { stdout } = spawnSync('npm', ['sbom', '--sbom-format', 'cyclonedx', '--omit', 'dev'], {
  encoding: 'utf8',
  maxBuffer: 64 * 1_024 * 1_024,
});
const bill = JSON.parse(stdout);
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

function licencesOf({ name, licenses = [] }) {
  // Its package.json says nothing; its readme does.
  if (name === 'pause') return ['MIT'];
  const ids = licenses.map(({ license, expression }) => expression ?? license?.id ?? license?.name);
  return ids.length === 0 ? ['none'] : ids;
}

function undecidedScripts() {
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
  const { allowScripts } = JSON.parse(readFileSync('package.json', 'utf8'));
  const withScripts = Object.entries(packages)
    .filter(([, entry]) => entry.hasInstallScript)
    .map(([path]) => path.replace(/^.*node_modules\//, ''));
  return [...new Set(withScripts)].filter((name) => !(name in allowScripts));
}
