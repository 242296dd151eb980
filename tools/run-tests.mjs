/**
 * Runs every test there is, one suite after the other, and ends with what failed, by name, and the totals. A suite that dies without a
 * report counts as one failure.
 *
 *   npm test            everything
 *   npm test -- api     the suites of one project
 *   npm test -- api e2e one of them
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { basename } from 'node:path';

/** One provider of each flow's shape, without the faults that come to what another one comes to. `npm run test:faults` runs all. */
const FAULTS = { FAULT_PROVIDERS: 'twilio,telnyx,byo-phone-number', FAULT_CASES: 'distinct' };

const SUITES = [
  ['contracts', 'test'],
  ['vapi-sandbox', 'test'],
  ['client', 'test'],
  ['api', 'test'],
  ['web', 'test'],
  ['api', 'e2e'],
  ['api', 'faults', FAULTS],
  ['web-e2e', 'e2e'],
];

const [onlyProject, onlyTarget] = process.argv.slice(2);
const suites = SUITES.filter(
  ([project, target]) =>
    (onlyProject === undefined || project === onlyProject) &&
    (onlyTarget === undefined || target === onlyTarget),
);
const results = suites.map(run);

for (const { name, failures } of results) {
  for (const failure of failures) console.log(`Failed in ${name}: ${failure}`);
}
for (const { name, passed, failed, seconds } of results) {
  console.log(
    `${name.padEnd(20)} ${String(passed).padStart(5)} passed ${String(failed).padStart(4)} failed ${seconds} s`,
  );
}
const total = (key) => results.reduce((sum, result) => sum + result[key], 0);
console.log(`${total('passed')} passed, ${total('failed')} failed`);
process.exit(total('failed') === 0 && total('passed') > 0 ? 0 : 1);

function run([project, target, env]) {
  const report = `tmp/test-reports/${project}-${target}.json`;
  mkdirSync('tmp/test-reports', { recursive: true });
  rmSync(report, { force: true });
  const start = Date.now();
  const { status } = spawnSync('nx', ['run', `${project}:${target}`, ...reporting(project, report)], {
    stdio: 'inherit',
    shell: true,
    env: { ...process.env, ...env },
  });
  const seconds = Math.round((Date.now() - start) / 1_000);
  const counts = existsSync(report)
    ? count(JSON.parse(readFileSync(report, 'utf8')))
    : { passed: 0, failed: 0, failures: [] };
  if (status !== 0 && counts.failed === 0) {
    counts.failed = 1;
    counts.failures.push(`the suite ended with ${status ?? 'a signal'}`);
  }
  return { name: `${project} ${target}`, seconds, ...counts };
}

/** Playwright's configuration names its report; Jest is told. */
function reporting(project, report) {
  return project === 'web-e2e' ? [] : ['--json', `--outputFile=${report}`];
}

/** Jest's and Playwright's reports. A test that was skipped has not passed; a suite that did not even load has failed. */
function count(report) {
  if (report.stats !== undefined) {
    const { expected, unexpected, flaky, skipped } = report.stats;
    return {
      passed: expected + flaky,
      failed: unexpected + skipped,
      failures: report.suites.flatMap((suite) => playwrightFailures(suite, [])),
    };
  }
  const failed =
    report.numFailedTests + report.numPendingTests + report.numTodoTests + report.numRuntimeErrorTestSuites;
  const failures = report.testResults.flatMap(({ name, status, assertionResults }) => {
    const tests = assertionResults.filter((test) => test.status !== 'passed');
    const file = basename(name);
    if (tests.length === 0 && status === 'failed') return [file];
    return tests.map((test) => `${file}: ${test.fullName}`);
  });
  return { passed: report.numPassedTests, failed, failures };
}

function playwrightFailures({ title, suites = [], specs = [] }, parents) {
  const path = [...parents, title];
  return [
    ...specs
      .filter(({ ok, tests }) => !ok || tests.some(({ status }) => status === 'skipped'))
      .map((spec) => [...path, spec.title].join(' › ')),
    ...suites.flatMap((suite) => playwrightFailures(suite, path)),
  ];
}
