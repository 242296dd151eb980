/**
 * Shared Jest settings of the Node projects. Nest 12 is ES modules, so Jest runs with
 * NODE_OPTIONS=--experimental-vm-modules; swc emits the decorator metadata that Nest reads.
 */
export default {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  moduleFileExtensions: ['ts', 'js', 'mjs', 'json'],
  moduleNameMapper: {
    '^@voxreach/client$': '<rootDir>/../../libs/client/src/index.ts',
    '^@voxreach/contracts$': '<rootDir>/../../libs/contracts/src/index.ts',
    '^@voxreach/contracts/(sentences|vocabulary)$': '<rootDir>/../../libs/contracts/src/$1.ts',
    '^@voxreach/vapi-sandbox$': '<rootDir>/../../libs/vapi-sandbox/src/index.ts',
  },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2023',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
        },
        module: { type: 'es6' },
        sourceMaps: 'inline',
      },
    ],
  },
  maxWorkers: 2,
};
