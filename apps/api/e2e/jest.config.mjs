import preset from '../../../jest.preset.js';

/** The preset's paths start two folders below the workspace; these suites live three below. */
const moduleNameMapper = Object.fromEntries(
  Object.entries(preset.moduleNameMapper).map(([name, path]) => [
    name,
    path.replace('<rootDir>/../../', '<rootDir>/../../../'),
  ]),
);

export default {
  ...preset,
  displayName: 'api-e2e',
  rootDir: '.',
  moduleNameMapper,
  testMatch: ['<rootDir>/**/*.e2e-spec.ts'],
  // What replicas share takes a PostgreSQL and a Redis, which `npm run test:postgres` has.
  testPathIgnorePatterns:
    process.env['E2E_DATABASE_URL'] && process.env['E2E_REDIS_URL'] ? [] : ['<rootDir>/replicas/'],
  globalSetup: '<rootDir>/support/global-setup.ts',
  globalTeardown: '<rootDir>/support/global-teardown.ts',
  testTimeout: 60_000,
};
