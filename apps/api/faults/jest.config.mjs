import e2e from '../e2e/jest.config.mjs';

const ALL = ['twilio', 'vonage', 'telnyx', 'byo-phone-number', 'vapi'];

/** FAULT_PROVIDERS=twilio,telnyx restricts the matrix; the other suites always run. */
const providers = process.env.FAULT_PROVIDERS?.split(',').filter(Boolean) ?? ALL;

export default {
  ...e2e,
  displayName: 'api-faults',
  testMatch: [
    '<rootDir>/*.fault-spec.ts',
    ...providers.map((provider) => `<rootDir>/matrix/${provider}.fault-spec.ts`),
    '<rootDir>/matrix/shared.fault-spec.ts',
  ],
  globalSetup: '<rootDir>/../e2e/support/global-setup.ts',
  globalTeardown: '<rootDir>/../e2e/support/global-teardown.ts',
  reporters: ['default', '<rootDir>/support/cases-reporter.mjs'],
  // Much of the time is spent waiting: for timeouts, for the next look at the jobs.
  maxWorkers: 3,
  testTimeout: 120_000,
};
